namespace DnsTunnel.Generators.Benign;

/// <summary>A hash of text that is the same in every run (FNV-1a), for facts that belong to a name.</summary>
internal static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2166136261;
        foreach (var character in text) hash = (hash ^ character) * 16777619;
        hash ^= hash >> 15;
        hash *= 0x2C1B3C6D;
        return hash ^ (hash >> 13);
    }
}
