using System.Globalization;

namespace DnsTunnel.Generators;

/// <summary>The command line.</summary>
/// <param name="Directory">Where the captures go.</param>
/// <param name="Only">A part of the path, with '*'.</param>
/// <param name="Seed">Decides every byte.</param>
/// <param name="IsQuick">Without the long ones.</param>
/// <param name="HeldOut">Which set that no model is trained on; 0 for those that one may be.</param>
internal sealed record Options(string Directory, string Only, int Seed, bool IsQuick, int HeldOut = 0)
{
    public const string Usage = "usage: DnsTunnel.Generators OUTDIR [--only PATTERN] [--seed N] [--quick] [--held-out | --held-out-2]";

    /// <exception cref="ArgumentException">It is not of the form above.</exception>
    public static Options Parse(string[] args)
    {
        var (directory, only, seed, isQuick, heldOut) = ((string?)null, "*", 1, false, 0);
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
                    heldOut = 1;
                    break;
                case "--held-out-2":
                    heldOut = 2;
                    break;
                default:
                    if (directory is not null || args[i].StartsWith('-')) throw new ArgumentException($"'{args[i]}' is not understood. {Usage}");
                    directory = args[i];
                    break;
            }
        }
        return new(directory ?? throw new ArgumentException(Usage), only, seed, isQuick, heldOut);
    }
}
