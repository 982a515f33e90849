using System.Text;
using DnsTunnel.Exceptions;
using DnsTunnel.Tests.Names;

namespace DnsTunnel.Tests.Exceptions;

/// <summary>An exception is for names under its domain, and for no others however they are written.</summary>
public sealed class LabelBoundaryTests
{
    private static readonly ExceptionList s_list = Excepted.ListOf(
        Excepted.Make("mcafee.com", id: "whole"), Excepted.Make("files.update.example", "[0-9a-f]{32}", id: "shaped"));

    [Theory]
    [InlineData("mcafee.com", "whole")]
    [InlineData("a.mcafee.com", "whole")]
    [InlineData("A.MCAFEE.COM", "whole")]
    [InlineData("a.b.c.mcafee.com", "whole")]
    [InlineData("evilmcafee.com", null)]
    [InlineData("a.evilmcafee.com", null)]
    [InlineData("mcafee.com.evil.example", null)]
    [InlineData("a.mcafee.com.evil.example", null)]
    [InlineData("mcafee.com.evil.com", null)]
    [InlineData("mcafee.co", null)]
    [InlineData("mcafee.com.co", null)]
    [InlineData("x.wpad.evil.example", null)]
    [InlineData("_ldap.evil.example", null)]
    [InlineData("evilspamhaus.org", null)]
    [InlineData("4.3.2.1.zen.evilspamhaus.org", null)]
    [InlineData("zen.spamhaus.org.evil.example", null)]
    [InlineData("tenant.amazonaws.com.evil.example", null)]
    [InlineData("5f4dcc3b5aa765d61d8327deb882cf99.files.update.example", "shaped")]
    [InlineData("5F4DCC3B5AA765D61D8327DEB882CF99.Files.Update.Example", "shaped")]
    [InlineData("5f4dcc3b5aa765d61d8327deb882cf99.update.example", null)]
    [InlineData("5f4dcc3b5aa765d61d8327deb882cf99.xfiles.update.example", null)]
    [InlineData("a.5f4dcc3b5aa765d61d8327deb882cf99.files.update.example", null)]
    [InlineData("5f4dcc3b5aa765d61d8327deb882cf9.files.update.example", null)]
    [InlineData("5f4dcc3b5aa765d61d8327deb882cf99.files.update.example.evil.example", null)]
    [InlineData("files.update.example", null)]
    public void Only_what_is_under_the_domain_falls_under_it(string name, string? expected) => Assert.Equal(expected, s_list.IdFor(name));

    [Theory]
    // The wire form of the domain, within a label and at its end.
    [InlineData("x\x06mcafee\x03" + "com")]
    [InlineData("\x06mcafee\x03" + "com")]
    // A dot within a label is none between labels.
    [InlineData("a.mcafee.com")]
    [InlineData("mcafee.com")]
    public void The_domain_within_a_label_is_not_the_domain(string label)
    {
        var bytes = Encoding.Latin1.GetBytes(label);
        Assert.Null(s_list.IdFor(WireName.FromLabels(bytes)));
        Assert.Null(s_list.IdFor(WireName.FromLabels(bytes, "evil"u8.ToArray(), "example"u8.ToArray())));

        // For the caller may be wrong about the registered domain.
        var rules = s_list.For(WireName.Of("mcafee.com"));
        Assert.Equal(-1, rules!.Match(WireName.FromLabels(bytes), Excepted.Noon));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 63, 1, 2 })]
    [InlineData(new byte[] { 0xC0, 0x0C })]
    [InlineData(new byte[] { 200, 6, (byte)'m', (byte)'c', (byte)'a', (byte)'f', (byte)'e', (byte)'e', 3, (byte)'c', (byte)'o', (byte)'m', 0 })]
    public void What_is_no_name_matches_nothing(byte[] wire) =>
        Assert.Equal(-1, s_list.For(WireName.Of("mcafee.com"))!.Match(wire, Excepted.Noon));
}
