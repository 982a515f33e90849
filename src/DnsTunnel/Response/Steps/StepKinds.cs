using DnsTunnel.Response.Rpz;

namespace DnsTunnel.Response.Steps;

/// <summary>Makes the steps of the journal anew.</summary>
internal static class StepKinds
{
    private static readonly Dictionary<string, Func<StepRecord, IResponseStep>> s_kinds = new(StringComparer.Ordinal)
    {
        [RpzStep.KindName] = record => new RpzStep(record),
        [ScriptStep.KindName] = record => new ScriptStep(record),
        [FileStep.KindName] = record => new FileStep(record),
        [ReloadedStep.KindName] = record => new ReloadedStep(record),
    };

    /// <exception cref="ResponseException">It is of a kind that this version does not have.</exception>
    public static IResponseStep Create(StepRecord record) => s_kinds.TryGetValue(record.Kind, out var create)
        ? create(record)
        : throw new ResponseException(ResponseError.JournalNotReadable,
            $"The journal names a step of the kind '{Printable.Text(record.Kind)}', which this version of the module does not have.");
}
