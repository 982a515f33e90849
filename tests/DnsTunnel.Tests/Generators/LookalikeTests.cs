using DnsTunnel.Exceptions;
using DnsTunnel.Generators.Benign;
using DnsTunnel.Generators.Scenarios;
using DnsTunnel.Generators.Traffic;

namespace DnsTunnel.Tests.Generators;

/// <summary>The look-alikes stand on no list, stay within what is ordinary, and are labelled as ordinary.</summary>
public sealed class LookalikeTests
{
    private const int NameError = 3;

    private static readonly string[] s_excepted = [.. ExceptionList.BuiltIn.All.Select(exception => exception.Domain).Where(domain => domain is not ("*" or "."))];

    public static TheoryData<string> Names => [.. Lookalikes.Classes.Select(item => item.Name).Where(name => name != "busy-resolver")];

    [Theory, MemberData(nameof(Names))]
    public void Class_IsBenignInVariantsUnderUnlistedDomains(string name)
    {
        var scenarios = ScenarioTable.All.Where(scenario => scenario.Path.StartsWith($"benign/{name}-", StringComparison.Ordinal) && scenario.Path.Length == $"benign/{name}-1.pcap".Length).ToArray();
        Assert.InRange(scenarios.Length, 2, 3);
        Assert.All(scenarios, scenario => Assert.Contains(ScenarioTable.Build(scenario, 1).Line.ToText(scenario.Path).Split('\t')[1], (string[])["benign", "stress"]));
        foreach (var exchange in Build(name, 1))
            Assert.DoesNotContain(s_excepted, domain => $".{exchange.Question.Name}".EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(Names))]
    public void Class_OtherSeed_HasOtherNames(string name)
    {
        var (first, second) = (Build(name, 1).Select(exchange => exchange.Question.Name).ToHashSet(), Build(name, 2).Select(exchange => exchange.Question.Name).ToHashSet());
        Assert.InRange(first.Intersect(second).Count(), 0, first.Count / 10);
    }

    [Theory]
    [InlineData("hash-telemetry", 40)]
    [InlineData("rum-burst", 30)]
    public void Identifiers_OfAClientAndDomain_StayWithinTheDay(string name, int most) =>
        Assert.All(Build(name, 1).GroupBy(exchange => (exchange.Client, exchange.Question.Name[exchange.Question.Name.IndexOf('.')..])),
            group => Assert.InRange(group.Select(exchange => exchange.Question.Name).Distinct().Count(), 1, most));

    [Fact]
    public void Enumeration_MostNames_DoNotExist()
    {
        var exchanges = Build("subdomain-enumeration", 1);
        Assert.InRange(exchanges.Count, 1000, 3000);
        Assert.InRange(exchanges.Count(exchange => exchange.Question.Reply.Rcode == NameError) / (double)exchanges.Count, 0.95, 0.99);
    }

    private static IReadOnlyList<Exchange> Build(string name, int seed)
    {
        var item = Lookalikes.Classes.Single(item => item.Name == name);
        var log = new TrafficLog(new Random(seed));
        item.Build(log, item.Hours);
        return log.Exchanges;
    }
}
