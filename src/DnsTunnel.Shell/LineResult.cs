namespace DnsTunnel.Shell;

internal enum LineResult
{
    Entered,
    Cancelled,
    EndOfInput,
}
