using DnsTunnel.Exceptions;
using DnsTunnel.Volume;

namespace DnsTunnel.Detection;

/// <summary>
/// Takes names out that are expected, until they have carried as many bytes in a day as is usual: those that an exception covers, up
/// to its budget, and those that hold an address or the name of another domain, for every block list, search list and provider has
/// such.
/// </summary>
/// <param name="rules">The exceptions of the domain; null for none.</param>
internal sealed class Allowance(ExceptionRules? rules)
{
    /// <summary>Bytes a day; a mail server that looks 500 addresses up stays below.</summary>
    private const double AddressBudget = 4096;
    private const double NestedBudget = 2048;

    /// <summary>Who reads logs asks for the names of some thousand addresses.</summary>
    private const double ReverseBudget = 65_536;

    private const int Addresses = -1;
    private const int Nested = -2;
    private const int Reverse = -3;

    private readonly Dictionary<(int Rule, long Day), double> _used = [];

    /// <summary>The exception that covered most; null when none did.</summary>
    public DnsTunnelException? Applied => _used.Where(u => u.Key.Rule >= 0 && u.Value > 0).OrderByDescending(u => u.Value).Select(u => rules![u.Key.Rule]).FirstOrDefault();

    /// <param name="name">Names come in order of time.</param>
    public bool Covers(in HeldName name)
    {
        if (name.Facts.Exception > 0 && rules is not null) return Covers(name, name.Facts.Exception - 1, rules[name.Facts.Exception - 1].BudgetBytes);
        if ((name.Facts.Traits & NameTraits.Address) != 0) return Covers(name, Addresses, AddressBudget);
        if ((name.Facts.Traits & NameTraits.Reverse) != 0) return Covers(name, Reverse, ReverseBudget);
        return (name.Facts.Traits & NameTraits.Nested) != 0 && Covers(name, Nested, NestedBudget);
    }

    private bool Covers(in HeldName name, int rule, double budget)
    {
        var key = (rule, name.Facts.Ticks / TimeSpan.TicksPerDay);
        var bytes = _used.GetValueOrDefault(key) + (name.Multiplicity * name.Facts.Cost / (8.0 * LabelCode.Unit));
        if (bytes > budget) return false;
        _used[key] = bytes;
        return true;
    }
}
