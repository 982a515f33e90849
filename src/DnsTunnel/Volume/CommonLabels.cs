using System.Text;

namespace DnsTunnel.Volume;

/// <summary>Labels that are the same everywhere: RFC 2142 and RFC 6335 services, and what hosts are called.</summary>
internal sealed class CommonLabels
{
    private const string Text = """
        www www2 www3 web m mobile wap mail mail1 mail2 email webmail smtp smtp1 pop pop3 imap mx mx1 mx2 relay exchange owa autodiscover
        autoconfig ns ns1 ns2 ns3 ns4 dns dns1 dns2 a b c d e f g h i j k l n o p q r s t u v w x y z gw gateway router fw firewall
        vpn remote proxy wpad isatap ntp time pool api apis rest graph app apps admin portal login auth sso id account accounts
        my secure ssl pay shop store blog news forum support help docs wiki status dev test stage staging qa beta demo prod
        int ext internal corp lan local home office intranet ad dc dc1 ldap kerberos sip voip meet chat im xmpp jabber
        ftp sftp ssh git svn ci build repo mirror mirrors archive download downloads dl update updates upload uploads
        cdn cdn1 cdn2 static static1 assets img img1 img2 images image media video videos photo photos css js fonts cache edge
        content data db sql mysql cloud s3 storage files file share backup log logs stats metrics analytics telemetry events event
        track tracking tracker ads ad1 adserver pixel beacon tag tags click link links go search maps map weather
        us eu uk de fr it es nl jp cn au ca br in ru asia east west north south na emea apac ap
        _tcp _udp _tls _msdcs _sites _ldap _kerberos _kpasswd _gc _sip _sips _http _https _dmarc _domainkey _acme-challenge _spf
        _dns-sd _services _ipp _ipps _airplay _raop _smb _ssh _xmpp-client _xmpp-server _autodiscover _mta-sts _smtp
        default-first-site-name domaindnszones forestdnszones gc pdc in-addr ip6 arpa localhost localdomain server client host
        """;

    private readonly Dictionary<ulong, byte[]> _labels = [];
    private readonly int _longest;

    public CommonLabels()
    {
        foreach (var label in Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Encoding.ASCII.GetBytes))
        {
            _labels[Hash(label)] = label;
            _longest = Math.Max(_longest, label.Length);
        }
    }

    public int Count => _labels.Count;

    /// <summary>Letter case ignored.</summary>
    public bool Contains(ReadOnlySpan<byte> label) =>
        label.Length <= _longest && _labels.TryGetValue(Hash(label), out var common) && Ascii.EqualsIgnoreCase(label, common);

    /// <summary>FNV-1a of the lower-case bytes.</summary>
    private static ulong Hash(ReadOnlySpan<byte> label)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var b in label) hash = (hash ^ (uint)(b is >= (byte)'A' and <= (byte)'Z' ? b + 32 : b)) * 0x100000001B3UL;
        return hash;
    }
}
