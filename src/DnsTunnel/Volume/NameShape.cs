namespace DnsTunnel.Volume;

/// <summary>How the labels of a subdomain are made, in one byte: their number, and the alphabet of the one that carries most.</summary>
internal static class NameShape
{
    private const int MostLabels = 15;
    private const int KindShift = 4;

    public static byte Of(int labels, LabelKind dearest) => (byte)(Math.Min(labels, MostLabels) | ((int)dearest << KindShift));

    public static int Labels(byte shape) => shape & MostLabels;

    public static LabelKind Kind(byte shape) => (LabelKind)(shape >> KindShift);
}
