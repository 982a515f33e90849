using DnsTunnel.Response.Rpz;

namespace DnsTunnel.Response;

/// <summary>The providers by the name that the journal has for them.</summary>
internal static class ResponseProviders
{
    public static IResponseProvider Create(string name, string? path) => name switch
    {
        RpzProvider.ProviderName when path is not null => new RpzProvider(path),
        _ => throw new ResponseException(ResponseError.JournalNotReadable,
            $"The journal names the provider '{name}', which this version of the module does not have."),
    };
}
