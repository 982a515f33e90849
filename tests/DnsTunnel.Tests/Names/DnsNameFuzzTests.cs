using DnsTunnel.Names;

namespace DnsTunnel.Tests.Names;

public sealed class DnsNameFuzzTests
{
    [Fact]
    public void ToText_AnyLabelBytes_ParsesBack()
    {
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var wire = WireName.Random(random, () => (byte)random.Next(256));
            var text = DnsName.ToText(wire);
            Assert.All(text, character => Assert.InRange(character, '!', '~'));
            Assert.Equal(wire, WireName.Of(text));
        }
    }

    [Fact]
    public void AllMembers_RandomBytes_DoNotThrow()
    {
        var random = new Random(2);
        var list = PublicSuffixList.Default;
        var lower = new byte[600];
        for (var i = 0; i < 20_000; i++)
        {
            var wire = new byte[random.Next(random.Next(10) == 0 ? 600 : 40)];
            for (var j = 0; j < wire.Length; j++) wire[j] = (byte)random.Next(random.Next(2) == 0 ? 8 : 256);

            var text = DnsName.ToText(wire);
            Assert.NotEmpty(text);
            Assert.InRange(DnsName.LabelCount(wire), 0, wire.Length / 2);
            DnsName.ToLower(wire, lower);
            Assert.True(DnsName.EqualsIgnoreCase(wire, lower.AsSpan(0, wire.Length)));
            Assert.InRange(list.RegisteredDomainOffset(lower.AsSpan(0, wire.Length)), -1, wire.Length);
            Assert.Equal(list.Split(wire), list.Split(wire, text));
        }
    }

    [Fact]
    public void TryParse_RandomText_DoesNotThrowAndGivesNames()
    {
        var random = new Random(3);
        const string Alphabet = @"ab.\0129üÜ。公🙂" + "\uD800\u0000\u200D ";
        var wire = new byte[DnsName.MaxWireLength];
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            if (!DnsName.TryParse(text, wire, out var length)) continue;
            Assert.Equal(wire[..length], WireName.Of(DnsName.ToText(wire)));
        }
    }
}
