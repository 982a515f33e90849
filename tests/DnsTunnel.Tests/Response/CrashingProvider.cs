using DnsTunnel.Response;

namespace DnsTunnel.Tests.Response;

/// <summary>A provider that dies or fails on the way.</summary>
internal sealed class CrashingProvider(IResponseProvider inner, CrashPoint point) : IResponseProvider
{
    public ResponseException? Failure { get; init; }
    public string Name => inner.Name;
    public string Path => inner.Path;
    public string[] Preview(BlockedDomain domain, string id) => inner.Preview(domain, id);
    public bool IsInForce(DnsTunnelResponse response) => inner.IsInForce(response);
    public string? Undo(DnsTunnelResponse response, CancellationToken cancellationToken) => inner.Undo(response, cancellationToken);

    public IResponseChange Begin(BlockedDomain domain, string id, CancellationToken cancellationToken) =>
        new Change(inner.Begin(domain, id, cancellationToken), point, Failure);

    private sealed class Change(IResponseChange inner, CrashPoint point, ResponseException? failure) : IResponseChange
    {
        public string[] Changes => inner.Changes;

        public void Commit()
        {
            if (failure is not null) throw failure;
            if (point == CrashPoint.BeforeCommit) throw new CrashException();
            inner.Commit();
            if (point == CrashPoint.AfterCommit) throw new CrashException();
        }

        public void Dispose() => inner.Dispose();
    }
}
