using System.Text.Json;
using DnsTunnel.Exceptions;
using DnsTunnel.Tests.Names;

namespace DnsTunnel.Tests.Exceptions;

/// <summary>Every built-in exception is justified, as tight as its examples say, and no door for a tunnel.</summary>
public sealed class BuiltInExceptionTests
{
    private static readonly JsonElement[] s_entries =
        [.. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "exceptions.json"))).RootElement.GetProperty("exceptions").EnumerateArray()];

    public static TheoryData<string> Ids => [.. s_entries.Select(e => e.GetProperty("id").GetString()!)];

    [Fact]
    public void All_are_loaded_under_ids_of_their_own()
    {
        Assert.InRange(s_entries.Length, 60, 120);
        Assert.Equal(Ids.Select(row => row.Data).Order(), ExceptionList.BuiltIn.All.Select(e => e.Id).Order());
        Assert.Equal(s_entries.Length, ExceptionList.BuiltIn.All.DistinctBy(e => e.Id).Count());
        Assert.All(ExceptionList.BuiltIn.All, e => Assert.True(e.IsBuiltIn && !e.IsExpired));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Each_has_a_shape_a_budget_a_reason_and_a_source(string id)
    {
        var exception = ExceptionList.BuiltIn.All.Single(e => e.Id == id);

        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", id);
        Assert.False(ExceptionShape.Parse(exception.NamePattern!).IsOpen);
        Assert.InRange(exception.BudgetBytes, 256, 65536);
        Assert.EndsWith(".", exception.Reason);
        Assert.NotEmpty(exception.Source!);
        Assert.True(exception.Domain is "*" or "." || exception.Domain == exception.Domain.ToLowerInvariant());
    }

    [Theory, MemberData(nameof(Ids))]
    public void Each_covers_its_examples_and_not_tunnels_under_its_domain(string id)
    {
        var examples = s_entries.Single(e => e.GetProperty("id").GetString() == id).GetProperty("examples");

        Assert.All(Names(examples, "covered"), name => Assert.Equal(id, ExceptionList.BuiltIn.IdFor(name)));
        Assert.All(Names(examples, "counted"), name => Assert.Null(ExceptionList.BuiltIn.IdFor(name)));
    }

    [Theory, MemberData(nameof(Ids))]
    public void None_covers_its_examples_under_another_domain(string id)
    {
        var entry = s_entries.Single(e => e.GetProperty("id").GetString() == id);
        if (entry.GetProperty("domain").GetString() == "*") return;

        Assert.All(Names(entry.GetProperty("examples"), "covered"), name =>
        {
            Assert.Null(ExceptionList.BuiltIn.IdFor($"{name}.evil.example"));
            var domain = entry.GetProperty("domain").GetString()!;
            if (domain != ".") Assert.NotEqual(id, ExceptionList.BuiltIn.IdFor($"{name[..^domain.Length]}evil{domain}"));
        });
    }

    [Theory, MemberData(nameof(Ids))]
    public void None_lets_usual_encodings_through(string id)
    {
        var domain = ExceptionList.BuiltIn.All.Single(e => e.Id == id).Domain;
        var random = new Random(7);
        var under = domain switch { "*" => ".tunnel.example", "." => "", _ => $".{domain}" };
        foreach (var alphabet in new[] { "0123456789abcdef", "abcdefghijklmnopqrstuvwxyz234567", "abcdefghijklmnopqrstuvwxyz0123456789-" })
        {
            for (var length = 40; length <= 60; length += 4)
            {
                var label = $"x{new string(random.GetItems(alphabet.AsSpan(), length))}z";
                Assert.Null(ExceptionList.BuiltIn.IdFor(label + under));
                Assert.Null(ExceptionList.BuiltIn.IdFor($"{label}.{label}{under}"));
            }
        }
    }

    [Fact]
    public void Those_of_every_domain_are_for_underscored_names()
    {
        Assert.All(s_entries.Where(e => e.GetProperty("domain").GetString() == "*"),
            e => Assert.All(Names(e.GetProperty("examples"), "covered"), name => Assert.Contains('_', name)));
        // Not by the shape alone: without an underscore there is no look at it.
        Assert.Null(ExceptionList.BuiltIn.IdFor("lb.example.com"));
    }

    [Fact]
    public void Most_domains_share_their_rules()
    {
        var one = ExceptionList.BuiltIn.For(WireName.Of("one.example"));
        Assert.Same(one, ExceptionList.BuiltIn.For(WireName.Of("two.example")));
        Assert.NotSame(one, ExceptionList.BuiltIn.For(WireName.Of("three.example")));
    }

    private static string[] Names(JsonElement examples, string kind)
    {
        string[] names = [.. examples.GetProperty(kind).EnumerateArray().Select(n => n.GetString()!)];
        Assert.NotEmpty(names);
        return names;
    }
}
