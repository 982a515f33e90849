using System.Text;
using DnsTunnel.Names;

namespace DnsTunnel.Tests.Names;

public sealed class PublicSuffixListTests
{
    private static readonly PublicSuffixList s_list = PublicSuffixList.Parse(
        "\uFEFF// VERSION: 2026-01-02_UTC\n\n// ===BEGIN ICANN DOMAINS===\ncom\r\nCo.UK trailing words\n*.ck\n!www.ck\n*.a.b\ndeep.x.a.b\n公司.cn\n// ===END ICANN DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===\nblog.com\n// ===END PRIVATE DOMAINS==="u8);

    [Fact]
    public void Parse_List_ReadsVersionAndRules()
    {
        Assert.Equal("2026-01-02_UTC", s_list.Version);
        Assert.Equal(8, s_list.RuleCount);
    }

    [Fact]
    public void Default_ListOfTheModule_IsLoaded()
    {
        Assert.Same(PublicSuffixList.Default, PublicSuffixList.Default);
        Assert.StartsWith("2026-", PublicSuffixList.Default.Version, StringComparison.Ordinal);
        Assert.InRange(PublicSuffixList.Default.RuleCount, 10_000, 20_000);
    }

    [Theory]
    [InlineData(".", null, null)]
    [InlineData("localhost", null, null)]
    [InlineData("tunnel.test", "tunnel.test", null)]
    [InlineData("DnsCat.ABC.Tunnel.Test", "tunnel.test", "DnsCat.ABC")]
    [InlineData("com", null, null)]
    [InlineData("a.blog.com", "a.blog.com", null)]
    [InlineData("uk", null, null)]
    [InlineData("co.uk", null, null)]
    [InlineData("other.uk", "other.uk", null)]
    [InlineData("X.y.co.uk", "y.co.uk", "X")]
    [InlineData("ck", null, null)]
    [InlineData("any.ck", null, null)]
    [InlineData("www.ck", "www.ck", null)]
    [InlineData("b.www.ck", "www.ck", "b")]
    [InlineData("a.b", "a.b", null)]
    [InlineData("x.a.b", null, null)]
    [InlineData("y.x.a.b", "y.x.a.b", null)]
    [InlineData("deep.x.a.b", null, null)]
    [InlineData("y.deep.x.a.b", "y.deep.x.a.b", null)]
    [InlineData("xn--55qx5d.cn", null, null)]
    [InlineData(@"a\.b\000.C\.\255.com", @"c\.\255.com", @"a\.b\000")]
    public void Split_Name_GivesBothParts(string name, string? registered, string? subdomain)
    {
        Assert.Equal((registered, subdomain), s_list.Split(WireName.Of(name)));
    }

    [Theory]
    [InlineData("4.2.0.192.in-addr.arpa", "192.in-addr.arpa", "4.2.0")]
    [InlineData("a.x.s3.amazonaws.com", "x.s3.amazonaws.com", "a")]
    public void Split_PublishedList_CountsInfrastructureAndPrivateSuffixes(string name, string registered, string subdomain)
    {
        Assert.Equal((registered, subdomain), PublicSuffixList.Default.Split(WireName.Of(name)));
    }

    [Theory]
    [InlineData("", "no sections")]
    [InlineData("<html>\n<body>\n", "no sections")]
    [InlineData("// ===BEGIN ICANN DOMAINS===\n// ===END ICANN DOMAINS===\n", "no rule")]
    [InlineData("// ===BEGIN ICANN DOMAINS===\ncom\n", "cut")]
    [InlineData("com\na..b\n", "line 2")]
    [InlineData("com\n.b\n", "line 2")]
    [InlineData("!\n", "line 1")]
    [InlineData("*a.com\n", "wildcard")]
    [InlineData("*.\n", "line 1")]
    [InlineData("a.*.com\n", "wildcard")]
    [InlineData("公..cn\n", "A-label")]
    public void Parse_Broken_SaysWhatIsWrong(string text, string message)
    {
        var exception = Assert.Throws<InvalidDataException>(() => PublicSuffixList.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NotUtf8OrTooLong_IsRefused()
    {
        Assert.Contains("UTF-8", Assert.Throws<InvalidDataException>(() => PublicSuffixList.Parse([0xFF, (byte)'\n'])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => PublicSuffixList.Parse(Encoding.UTF8.GetBytes(new string('a', 64))));
        Assert.Throws<InvalidDataException>(() => PublicSuffixList.Parse(Encoding.UTF8.GetBytes(new string('a', 254))));
    }

    [Fact]
    public void Parse_ListSeveralTimesAsLong_KeepsEveryRule()
    {
        var rules = Enumerable.Range(0, 40_000).Select(number => $"s{number}.test").ToArray();
        var list = PublicSuffixList.Parse(Encoding.UTF8.GetBytes($"// ===BEGIN X===\n{string.Join('\n', rules)}\n// ===END X==="));
        Assert.Equal(rules.Length, list.RuleCount);
        Assert.All(rules, rule => Assert.Equal(2, list.RegisteredDomainOffset(WireName.Of("b.a." + rule))));
        Assert.Equal(4, list.RegisteredDomainOffset(WireName.Of("b.a.s40000.test")));
    }

    [Fact]
    public void Parse_CutOrChangedFile_ThrowsNothingElse()
    {
        var random = new Random(5);
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "public_suffix_list.dat"));
        Assert.Throws<InvalidDataException>(() => PublicSuffixList.Parse(whole.AsSpan(0, whole.Length / 2)));
        for (var i = 0; i < 2000; i++)
        {
            var part = whole.AsSpan(random.Next(whole.Length - 500), 500).ToArray();
            for (var j = random.Next(20); j > 0; j--) part[random.Next(part.Length)] = (byte)random.Next(256);
            try
            {
                PublicSuffixList.Parse([.. "// ===BEGIN X===\n"u8, .. part, .. "\n// ===END X==="u8]);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void Load_MissingOrBroken_NamesPathAndRemedy()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "list.dat");
        var missing = Assert.Throws<FileNotFoundException>(() => PublicSuffixList.Load(path));
        Assert.Contains(path, missing.Message, StringComparison.Ordinal);
        Assert.Contains("Reinstall", missing.Message, StringComparison.Ordinal);

        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            File.WriteAllText(path, "no list");
            var broken = Assert.Throws<InvalidDataException>(() => PublicSuffixList.Load(path));
            Assert.Contains(path, broken.Message, StringComparison.Ordinal);
            Assert.Contains("Reinstall", broken.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void RegisteredDomainOffset_MostLabels_CountsFromTheRight()
    {
        var wire = WireName.Of(string.Join('.', Enumerable.Repeat("a", 127)));
        Assert.Equal(DnsName.MaxWireLength, wire.Length);
        Assert.Equal(250, s_list.RegisteredDomainOffset(wire));
        Assert.Equal(250, PublicSuffixList.Default.RegisteredDomainOffset(wire));
        // One label more is no valid name.
        Assert.Equal(-1, s_list.RegisteredDomainOffset([1, (byte)'a', .. wire]));
    }

    [Theory]
    [InlineData("0161" + "4061")]
    [InlineData("0161" + "C000")]
    [InlineData("0161" + "0562")]
    public void RegisteredDomainOffset_NoValidName_IsNone(string hex) => Assert.Equal(-1, s_list.RegisteredDomainOffset(Convert.FromHexString(hex)));

    [Fact]
    public void RegisteredDomainOffset_AnyName_AllocatesNothing()
    {
        byte[][] names = [WireName.Of("a.b.c.tunnel.test"), WireName.Of("www.example.co.uk"), WireName.Of("com"), WireName.Of("xn--55qx5d.cn"), WireName.Of("b.city.kobe.jp")];
        var lower = new byte[DnsName.MaxWireLength];
        var text = new char[DnsName.MaxTextLength];
        var list = PublicSuffixList.Default;
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                foreach (var name in names)
                {
                    DnsName.ToLower(name, lower);
                    list.RegisteredDomainOffset(lower);
                    var length = DnsName.WriteText(name, text);
                    DnsName.TryParse(text.AsSpan(0, length), lower, out _);
                    DnsName.EqualsIgnoreCase(name, lower.AsSpan(0, name.Length));
                }
            }
        }));
    }
}
