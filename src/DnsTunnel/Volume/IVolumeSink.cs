namespace DnsTunnel.Volume;

/// <summary>Takes what is to be counted.</summary>
internal interface IVolumeSink
{
    void Add(in VolumeItem item);
}
