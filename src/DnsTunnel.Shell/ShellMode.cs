namespace DnsTunnel.Shell;

internal enum ShellMode
{
    Interactive,
    File,
    Command,
    StandardInput,
    Help,
    Version,
}
