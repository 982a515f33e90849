namespace DnsTunnel.Queries;

/// <summary>What a file of queries may be.</summary>
[Flags]
internal enum QueryFileKinds
{
    Capture = 1,
    Log = 2,
    Any = Capture | Log,
}
