using System.Collections;
using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>Properties of any object, and of the objects in them, by their path: a dictionary, a row of Import-Csv, JSON of ConvertFrom-Json.</summary>
internal static class ObjectProperties
{
    private const int MaxDepth = 8;

    /// <summary>The properties of an object that has data inside, or whose name is wanted: to get others can be slow, or fail.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Flatten(PSObject item, Func<string, bool> isWanted) => Flatten(item, string.Empty, isWanted, 0);

    /// <summary>The value of a property as data; null when there is none, or getting it fails.</summary>
    public static object? Value(PSObject item, string name)
    {
        if (item.BaseObject is IDictionary dictionary) return dictionary.Contains(name) ? Unwrap(dictionary[name]) : null;
        return item.Properties[name] is { } property ? Value(property) : null;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Flatten(PSObject item, string prefix, Func<string, bool> isWanted, int depth)
    {
        foreach (var (name, value) in item.BaseObject is IDictionary dictionary ? Entries(dictionary) : Properties(item, prefix, isWanted))
        {
            var path = prefix + name;
            if (isWanted(path)) yield return new(path, value);
            if (depth >= MaxDepth) continue;
            foreach (var inner in Inner(value).SelectMany(i => Flatten(i, path + ".", isWanted, depth + 1))) yield return inner;
        }
    }

    private static IEnumerable<(string Name, object? Value)> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            if (entry.Key is string name) yield return (name, Unwrap(entry.Value));
        }
    }

    private static IEnumerable<(string Name, object? Value)> Properties(PSObject item, string prefix, Func<string, bool> isWanted)
    {
        foreach (var property in item.Properties)
        {
            if (property is PSNoteProperty || isWanted(prefix + property.Name)) yield return (property.Name, Value(property));
        }
    }

    /// <summary>The objects that a value holds: itself, or the elements of a list.</summary>
    private static IEnumerable<PSObject> Inner(object? value) => value switch
    {
        PSObject or IDictionary => [PSObject.AsPSObject(value)],
        object[] list => list.Where(i => Unwrap(i) is PSObject or IDictionary).Select(PSObject.AsPSObject),
        _ => [],
    };

    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return Unwrap(property.Value);
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>The data behind a wrapper; a wrapper that is all there is (custom objects) stays.</summary>
    private static object? Unwrap(object? value)
    {
        if (value is not PSObject wrapped) return value;
        return wrapped.BaseObject switch
        {
            PSCustomObject => wrapped,
            // What was an enumeration before it was serialized is a number with a text beside it.
            int when wrapped.TypeNames.Contains("Deserialized.System.Enum") => wrapped.ToString(),
            ArrayList list => list.ToArray(),
            var data => data,
        };
    }
}
