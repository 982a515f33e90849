using DnsTunnel.Response;
using DnsTunnel.Response.Dnsmasq;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Windows;

namespace DnsTunnel.Tests.Response;

public sealed class PlainNameTests
{
    public static TheoryData<string> Providers => [DnsmasqProvider.ProviderName, WindowsDnsProvider.ProviderName, NrptProvider.ProviderName];

    [Theory]
    [InlineData("blocked.example", "blocked.example")]
    [InlineData("_Under-Score9.Example", "_under-score9.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void Plain_names_are_themselves(string name, string expected) => Assert.Equal(expected, PlainName.Encode(Hostile.Domain(name), "x"));

    [Theory]
    [MemberData(nameof(Providers))]
    public void Hostile_names_are_refused_before_anything_is_written(string name)
    {
        var provider = DomainProvider.All.Single(p => p.Name == name).Create(new());
        foreach (var label in Hostile.Labels)
        {
            var exception = Assert.Throws<ResponseException>(() => provider.Plan(new(Hostile.Below(label))));
            Assert.Equal(ResponseError.DomainNotValid, exception.Error);
            Assert.All(exception.Message, c => Assert.InRange(c, ' ', '~'));
        }
    }
}
