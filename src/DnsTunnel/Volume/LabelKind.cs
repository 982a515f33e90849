namespace DnsTunnel.Volume;

/// <summary>The code in which a label is shortest.</summary>
internal enum LabelKind : byte
{
    /// <summary>One that every network has.</summary>
    Common,

    /// <summary>Letters that often follow each other.</summary>
    Word,
    Digits,
    Hexadecimal,
    Base32,
    Base36,
    Base64,
    Bytes,
}
