namespace DnsTunnel.Detection;

/// <summary>Sums over the new names of a window.</summary>
internal readonly record struct NameSums
{
    public double Names { get; init; }

    /// <summary>Bits that the names can carry, each label once.</summary>
    public double Bits { get; init; }

    /// <summary>The same, those of words and decimal numbers by half: words follow each other too, which no code of letter pairs knows (Shannon, 1951), and short numbers are those of hosts.</summary>
    public double UnlikelyBits { get; init; }

    /// <summary>Names asked for with a type that carries data back.</summary>
    public double Carriers { get; init; }

    /// <summary>Distinct answers.</summary>
    public double Answers { get; init; }

    public double AnswerBytes { get; init; }

    /// <summary>Names, or answers where names get new ones each time.</summary>
    public double Messages => Math.Max(Names, Answers);

    /// <summary>Names that were asked for again later.</summary>
    public double Reused { get; init; }

    /// <summary>Names whose dearest label is no word but letters and digits at random, or a long number.</summary>
    public double Random { get; init; }

    /// <summary>Names of ordinary words or numbers that do not exist.</summary>
    public double Guessed { get; init; }

    /// <summary>Names of ordinary words or numbers asked for with A and AAAA or HTTPS.</summary>
    public double Visited { get; init; }

    /// <summary>Names under a service label.</summary>
    public double Services { get; init; }

    /// <summary>Distinct names between the registered domain and the names.</summary>
    public double Parents { get; init; }

    public static NameSums operator +(in NameSums a, in NameSums b) => new()
    {
        Names = a.Names + b.Names,
        Bits = a.Bits + b.Bits,
        UnlikelyBits = a.UnlikelyBits + b.UnlikelyBits,
        Carriers = a.Carriers + b.Carriers,
        Answers = a.Answers + b.Answers,
        AnswerBytes = a.AnswerBytes + b.AnswerBytes,
        Reused = a.Reused + b.Reused,
        Random = a.Random + b.Random,
        Guessed = a.Guessed + b.Guessed,
        Visited = a.Visited + b.Visited,
        Services = a.Services + b.Services,
        Parents = a.Parents + b.Parents,
    };

    public static NameSums operator -(in NameSums a, in NameSums b) => new()
    {
        Names = a.Names - b.Names,
        Bits = a.Bits - b.Bits,
        UnlikelyBits = a.UnlikelyBits - b.UnlikelyBits,
        Carriers = a.Carriers - b.Carriers,
        Answers = a.Answers - b.Answers,
        AnswerBytes = a.AnswerBytes - b.AnswerBytes,
        Reused = a.Reused - b.Reused,
        Random = a.Random - b.Random,
        Guessed = a.Guessed - b.Guessed,
        Visited = a.Visited - b.Visited,
        Services = a.Services - b.Services,
        Parents = a.Parents - b.Parents,
    };
}
