namespace DnsTunnel.Exceptions;

/// <summary>Exceptions could not be used or changed; the file is as it was.</summary>
internal sealed class ExceptionListException(ExceptionListError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public ExceptionListError Error { get; } = error;
}
