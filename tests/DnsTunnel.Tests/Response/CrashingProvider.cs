using DnsTunnel.Response;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Tests.Response;

/// <summary>A provider one of whose steps dies or fails; undo, which makes steps anew from the journal, gets the true ones.</summary>
internal sealed class CrashingProvider(IResponseProvider inner, CrashPoint point, int step = 0) : IResponseProvider
{
    public ResponseException? Failure { get; init; }
    public string Name => inner.Name;
    public string? Path => inner.Path;

    public ResponsePlan Plan(ResponseRequest request)
    {
        var plan = inner.Plan(request);
        return plan with { Steps = [.. plan.Steps.Select((s, i) => i == step ? new Step(s, point, Failure) : s)] };
    }

    private sealed class Step(IResponseStep inner, CrashPoint point, ResponseException? failure) : IResponseStep
    {
        public string Kind => inner.Kind;
        public string[] Changes => inner.Changes;
        public IReadOnlyDictionary<string, string> State => inner.State;

        public void Apply(StepContext context)
        {
            if (failure is not null) throw failure;
            if (point == CrashPoint.BeforeStep) throw new CrashException();
            inner.Apply(context);
            if (point == CrashPoint.AfterStep) throw new CrashException();
        }

        public string? Inspect(StepContext context) => inner.Inspect(context);
        public string? Undo(string? left, StepContext context) => inner.Undo(left, context);
    }
}
