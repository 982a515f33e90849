namespace DnsTunnel.Generators.Traffic;

/// <summary>Gives the seconds until the next question, with a mean that stays the same whatever the shape.</summary>
internal sealed class Timing(double mean, Func<Random, int, double> shape)
{
    private int _count;

    public double Mean { get; } = mean;

    public double Next(Random random) => Mean * shape(random, _count++);

    public static Timing Even(double mean) => new(mean, (_, _) => 1);

    /// <summary>Up to the given share more or less, as beacons do.</summary>
    public static Timing Jittered(double mean, double share) => new(mean, (random, _) => 1 + share * (2 * random.NextDouble() - 1));

    public static Timing Exponential(double mean) => new(mean, (random, _) => -Math.Log(1 - random.NextDouble()));

    /// <summary>Runs of questions close together with a long pause after each.</summary>
    public static Timing Bursts(double mean, int length) =>
        new(mean, (random, count) => (count + 1) % length == 0 ? length * 0.9 + 0.05 : 0.05 + 0.1 * random.NextDouble());

    /// <summary>The same shape at another speed.</summary>
    public Timing At(double newMean) => new(newMean, shape);
}
