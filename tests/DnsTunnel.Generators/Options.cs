using System.Globalization;

namespace DnsTunnel.Generators;

/// <summary>The command line.</summary>
internal sealed record Options(string Directory, string Only, int Seed, bool IsQuick, bool IsHeldOut = false)
{
    public const string Usage = "usage: DnsTunnel.Generators OUTDIR [--only PATTERN] [--seed N] [--quick] [--held-out]";

    /// <exception cref="ArgumentException">It is not of the form above.</exception>
    public static Options Parse(string[] args)
    {
        var (directory, only, seed, isQuick, isHeldOut) = ((string?)null, "*", 1, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--only" when i + 1 < args.Length:
                    only = args[++i];
                    break;
                case "--seed" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out seed):
                    i++;
                    break;
                case "--quick":
                    isQuick = true;
                    break;
                case "--held-out":
                    isHeldOut = true;
                    break;
                default:
                    if (directory is not null || args[i].StartsWith('-')) throw new ArgumentException($"'{args[i]}' is not understood. {Usage}");
                    directory = args[i];
                    break;
            }
        }
        return new(directory ?? throw new ArgumentException(Usage), only, seed, isQuick, isHeldOut);
    }
}
