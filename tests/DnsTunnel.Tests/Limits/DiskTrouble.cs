namespace DnsTunnel.Tests.Limits;

/// <summary>Why nothing can be written.</summary>
public enum DiskTrouble
{
    Full,
    ReadOnly,
}
