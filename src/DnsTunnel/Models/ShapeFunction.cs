using DnsTunnel.Detection;

namespace DnsTunnel.Models;

/// <summary>
/// What a feature adds to the log-odds: between points straight over ln(1 + value), for amounts are compared by their ratio; level beyond
/// the first and the last.
/// </summary>
internal sealed class ShapeFunction
{
    private readonly double[] _values;
    private readonly double[] _contributions;
    private readonly double[] _logarithms;

    /// <param name="feature">Which.</param>
    /// <param name="values">Measured values, rising.</param>
    /// <param name="contributions">Of each value, in log-odds (natural logarithm).</param>
    public ShapeFunction(TunnelFeatureKind feature, double[] values, double[] contributions)
    {
        Feature = feature;
        (_values, _contributions) = (values, contributions);
        _logarithms = Array.ConvertAll(values, v => Math.Log(1 + v));
    }

    public TunnelFeatureKind Feature { get; }

    public ReadOnlySpan<double> Values => _values;

    public ReadOnlySpan<double> Contributions => _contributions;

    public double At(double value)
    {
        if (value <= _values[0]) return _contributions[0];
        if (value >= _values[^1]) return _contributions[^1];
        var i = 1;
        while (value >= _values[i]) i++;
        var share = (Math.Log(1 + value) - _logarithms[i - 1]) / (_logarithms[i] - _logarithms[i - 1]);
        return _contributions[i - 1] + (share * (_contributions[i] - _contributions[i - 1]));
    }

    /// <summary>The largest value under which it adds less than a contribution; null when it never does.</summary>
    public double? ValueBelow(double contribution)
    {
        for (var i = _values.Length - 1; i > 0; i--)
        {
            if (_contributions[i - 1] >= contribution || _contributions[i] < contribution) continue;
            var share = (contribution - _contributions[i - 1]) / (_contributions[i] - _contributions[i - 1]);
            return ((1 + _values[i - 1]) * Math.Pow((1 + _values[i]) / (1 + _values[i - 1]), share)) - 1;
        }

        return null;
    }

    /// <summary>How far a value is on its way from one to another, 0 to 1.</summary>
    public static double Share(double value, double from, double to) =>
        Math.Clamp(Math.Log((1 + value) / (1 + from)) / Math.Log((1 + to) / (1 + from)), 0, 1);
}
