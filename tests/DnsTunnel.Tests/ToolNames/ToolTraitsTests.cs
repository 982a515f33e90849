using DnsTunnel.Tests.Names;
using DnsTunnel.Tools;
using DnsTunnel.Wire;

namespace DnsTunnel.Tests.ToolNames;

/// <summary>Names as the tools make them, and names that look alike. All stand left of a registered domain; some have the label of a zone.</summary>
public class ToolTraitsTests
{
    [Theory]
    [InlineData("iodine", "vaaaakaqx3y.t", "TXT")]
    [InlineData("iodine", "VAAAAKARDLI", "NULL")]
    [InlineData("iodine", @"zf5raA-Aaahhh-Drink-mal-ein-J\228germeister-.t", "TXT")]
    [InlineData("iodine", @"zf5saA-La-fl\251te-na\239ve-fran\231aise-est-retir\233-\224-Cr\233te.t", "TXT")]
    [InlineData("iodine", "zf5taAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ+0129-", "A")]
    [InlineData("iodine", @"zf5uaA0123456789\188\189\190\191\192", "CNAME")]
    [InlineData("iodine", @"zf5vaA\208\209\210\211\212\213", "MX")]
    [InlineData("iodine", @"rayadQp\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200\200.\200\200.t", "SRV")]
    [InlineData("iodine", @"0yfbl82\2022hb\190\238\240\214ojh\225", "NULL")]
    [InlineData("iodine", "0aaaapdnkeyb4f5x", "A")]
    [InlineData("iodine", "1eabcEnqZ-9abcd", "TXT")]
    [InlineData("iodine", @"0mja9FyCV\220x\243", "CNAME")]
    [InlineData("iodine", "paaamiiq", "TXT")]
    [InlineData("iodine", "paeachka.t", "NULL")]
    [InlineData("dnscat2", "531c01c0b00e8ccbd8d2d20002cb7c7432", "MX")]
    [InlineData("dnscat2", "a57403a70f0000000061bb24e355291928a8cf74b9ad47b30ed8b3946870.a66d9e3c8dfb578e30645fd4b28d4ecbd919bda516a1533f1e9f01f6cedf.29dafc1f63b0a107c2c4d7ef90", "TXT")]
    [InlineData("dnscat2", "1b7800c0b0e45000016b69747465.x", "CNAME")]
    [InlineData("dnscat2", "dnscat.531c01c0b00e8ccbd8d2d20002cb7c7432", "TXT")]
    [InlineData("dnscat2", "531CFFC0B00E8CCBD8D2D200", "TXT")]
    [InlineData("dns2tcp", "AAAAAO2VAA.=auth.d2t", "TXT")]
    [InlineData("dns2tcp", "pAURCn8VAGVjaG8.=connect", "KEY")]
    [InlineData("dns2tcp", "pAURCn8VAA.=resource", "KEY")]
    [InlineData("dns2tcp", "q+Z8AnwaBA", "TXT")]
    [InlineData("dns2tcp", "YcYAAABkCHYK", "KEY")]
    [InlineData("dns2tcp", "YcYAAABkAQ.t", "KEY")]
    [InlineData("OzymanDNS", "0-4711.id-1234.down", "TXT")]
    [InlineData("OzymanDNS", "mfrggzdfmztwq2lknnwg23tpobyxe43uov3ho6dzpiydcmrtgq2tmnzyhe5a.4711-110.id-65535.up.tun", "A")]
    [InlineData("DNScapy", "c.1.13111.tunnel", "CNAME")]
    [InlineData("DNScapy", "d.e.1.4168.tunnel", "TXT")]
    [InlineData("DNScapy", "b.e.1.4168", "TXT")]
    [InlineData("DNScapy", "101.d.1.4168", "CNAME")]
    [InlineData("DNScapy", "hzGY0K+GnLgf+zIr2HAB56om3XDU6tWYsr7am7IiYVSsRsrGAL6f5T0a7FRG8hS.9EuSzRUEwu1tIclqKyZ8.104.f.1.29718.tunnel", "TXT")]
    [InlineData("DNScapy", "aGVsbG8=.0.b.7.65535", "CNAME")]
    [InlineData("DNSExfiltrator", "init.ONSWG4TFOQXGI33DPB6DIMQ.base64", "TXT")]
    [InlineData("DNSExfiltrator", "init.onswg4tfoqxgi33dpb6dimq.base32.x", "TXT")]
    [InlineData("Cobalt Strike", "aaa.stage.123456", "TXT")]
    [InlineData("Cobalt Strike", "baa.stage.14919005.www1", "TXT")]
    [InlineData("Cobalt Strike", "api.03dd750ef.19997cf2.wallet", "TXT")]
    [InlineData("Cobalt Strike", "cdn.13dd750ef.19997cf2", "A")]
    [InlineData("Cobalt Strike", "www6.13dd750ef.19997cf2", "AAAA")]
    [InlineData("Cobalt Strike", "post.1270.0479c52e5.19997cf2.wallet", "A")]
    [InlineData("Cobalt Strike", "www.2942880f933a45cf2d048b0c14917493df0cd10a0de26ea103d0eb1b3.4adf28c63a97deb5cbe4e20b26902d1ef427957323967835f7d18a42.109842910.19997cf2", "A")]
    [InlineData("dnstt", "6wgjl4gojm44d2c376wvylp3ro4a.t", "TXT")]
    [InlineData("dnstt", "ec3bdhf2r74ipy4wvznrqbpsqctiz3mtw2zizmgrwnmonovljbkwlopusaua", "TXT")]
    [InlineData("dnstt", "2vl5pgukbzsfdy7blrygixav6fzvig2ehcrfz53dclko5m6ceruhtpyawphy5uj.2x4jjumexvwlliqww2g666scqyp2gkrbowmamgn5gjctmbw65op6jl5ocyriylg.x6qdkavi457ojet5amh3rx3fquixean5mmptzbe7p2rfhzffx46m6aq", "TXT")]
    [InlineData("dnstt", "ingesrkokreujy6zumkse43vobsxey3bnruwm4tbm5uwy2ltoruwgzlyobuwc3d.jmrxwg2lpovzq", "TXT")]
    [InlineData("Sliver", "babkb8zd8r1m2121pwe7wzru5aw8.1", "TXT")]
    [InlineData("Sliver", "1cbygb8d342gxwcyr4ueybm7", "A")]
    [InlineData("Sliver", "babbb8zd8r39k5ab34yhbcuxrx494kzc4bb8aamght5dgdda6n0dut32madvkn1.0f5c9c56ua3p9cennmmv51qqpydhbvargpzeamnnvra177duw68ya", "TXT")]
    [InlineData("Sliver", "ba2bb8zd8t3k8jb4naam2jcxx9rggae63yyf72pxdtn5x75gnu39zex1mkh18m2.yyxfb857j1bwvbaefuxdbr2ewnhn228ym3tghxj96cvgt69e45v0jm48", "A")]
    [InlineData("tuns", "dIUAAAVAAABAAAQABW5K4BKBVAHAKQNICICMZBLEXBXW3HOCDCIAYD2JXMED5XW.XW.t", "CNAME")]
    [InlineData("goDoH", "1a2b.ef.12.9f3c0a11.1.3.68656c6c6f.776f726c64.0", "A")]
    [InlineData("goDoH", "1a2b.be.0.00.0.0.0.0.0.c2", "A")]
    [InlineData("SUNBURST", "7cbtailjomqle1pjvr2d32i2voe60ce2.appsync-api.us-east-1", "A")]
    public void A_name_tells_its_tool(string tool, string name, string type) => Assert.Equal(tool, ToolOf(name, type));

    [Theory]
    [InlineData("www", "A")]
    [InlineData("api", "A")]
    [InlineData("api.v2.eu-west-1", "A")]
    [InlineData("www.1", "A")]
    [InlineData("post.1.2", "A")]
    [InlineData("cdn.0a1b2c3d", "A")]
    [InlineData("cdn.assets.static", "A")]
    [InlineData("stage.123456", "A")]
    [InlineData("web.stage", "A")]
    [InlineData("web.stage.v2", "A")]
    [InlineData("web1.stage.2", "A")]
    [InlineData("init", "TXT")]
    [InlineData("init.base32", "TXT")]
    [InlineData("init.config.example", "TXT")]
    [InlineData("paypal", "A")]
    [InlineData("partners", "A")]
    [InlineData("pakistan", "A")]
    [InlineData("partner.portal", "A")]
    [InlineData("east1-web01", "A")]
    [InlineData("dbabc12", "A")]
    [InlineData("backend01.prod", "A")]
    [InlineData("zulu", "A")]
    [InlineData("version", "TXT")]
    [InlineData("vaaaaka", "A")]
    [InlineData("auth", "A")]
    [InlineData("connect.facebook", "A")]
    [InlineData("s1._domainkey", "TXT")]
    [InlineData("_acme-challenge.www", "TXT")]
    [InlineData("_ldap._tcp.dc._msdcs", "SRV")]
    [InlineData("id-4711.up", "A")]
    [InlineData("eu-1.id-12.down", "A")]
    [InlineData("10-20.id-abc.up", "A")]
    [InlineData("c.1", "A")]
    [InlineData("c.a.1", "A")]
    [InlineData("a.b.c.d.e.f", "A")]
    [InlineData("1.2.0.192", "TXT")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "A")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", "TXT")]
    [InlineData("550e8400-e29b-41d4-a716-446655440000", "A")]
    [InlineData("4.1.16777216.1.1.2.3.4.3-0.0.0.avqs", "A")]
    [InlineData("b.f.12.34", "A")]
    [InlineData("r3---sn-4g5ednsl", "A")]
    [InlineData("k2zqxw7vyn4bm5pa6hfjd3cgrt", "TXT")]
    [InlineData("6wgjl4gojm44d2c376wvylp3ro4a", "A")]
    [InlineData("6wgjl4gojm44d2c376wvylp3roaa.x", "A")]
    [InlineData("ec3bdhf2r74ipy4wvznrqbpsqctiz3mtw2zizmgrwnmonovljbkwlopu", "TXT")]
    [InlineData("barbadosbayhotelgroup", "A")]
    [InlineData("dIUAA", "CNAME")]
    [InlineData("dIUAAAVAAABAAAQABW5K4BKBVAHAKQNICICMZBLEXBXW3HOCDCIAYD2JXMED5XW", "A")]
    [InlineData("1a2b.ef.12.9f3c0a11.1.3.68656c6c6f", "A")]
    [InlineData("abcdefghijklmnop1234567890.appsync-api.ap-south-1", "A")]
    [InlineData("appsync-api.us-east-1", "A")]
    public void A_name_that_looks_alike_tells_none(string name, string type) => Assert.Null(ToolOf(name, type));

    [Fact]
    public void A_name_without_a_subdomain_tells_none() => Assert.Equal(0, ToolTraits.Of([], DnsTypes.Txt));

    [Fact]
    public void Every_trait_has_a_number_that_fits_a_byte()
    {
        Assert.InRange(ToolTraits.All.Count, 1, byte.MaxValue);
        Assert.All(ToolTraits.All, t => Assert.NotEmpty(t.Description));
    }

    /// <summary>Any bytes that make a name must be taken without a fault.</summary>
    [Fact]
    public void Random_names_are_taken()
    {
        var random = new Random(20260101);
        var alphabet = "0123456789abcdefpzrvdBAC=-"u8.ToArray();
        var told = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var wire = WireName.Random(random, i % 2 == 0 ? () => (byte)random.Next(256) : () => alphabet[random.Next(alphabet.Length)]);
            if (ToolTraits.Of(wire.AsSpan(0, wire.Length - 1), DnsTypes.Txt) > 0) told++;
        }

        Assert.InRange(told, 1, 2_000);
    }

    private static string? ToolOf(string name, string type)
    {
        Assert.True(DnsTypes.TryParse(type, out var code));
        var trait = ToolTraits.Of(WireName.Of(name).AsSpan()[..^1], code);
        return trait == 0 ? null : ToolTraits.All[trait - 1].Tool;
    }
}
