using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Objects of other cmdlets and products as input: all three cmdlets that take queries read them alike.</summary>
public sealed class QueryObjectTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private const string Event22 =
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventID>22</EventID><TimeCreated SystemTime='2023-11-14T22:13:21.0Z'/><Computer>pc1</Computer></System>"
        + "<EventData><Data Name='UtcTime'>2023-11-14 22:13:20.500</Data><Data Name='ProcessId'>77</Data><Data Name='QueryName'>a.example.com</Data><Data Name='QueryStatus'>0</Data>"
        + "<Data Name='QueryResults'>::ffff:192.0.2.9;</Data><Data Name='Image'>C:\\x\\curl.exe</Data><Data Name='User'>LAB\\u</Data></EventData></Event>";

    private static readonly DateTime s_time = new(2023, 11, 14, 22, 13, 20, 500, DateTimeKind.Utc);

    private ModuleSession Session => fixture.Session;

    /// <summary>The names that products give to name, client, type and time.</summary>
    [Theory]
    [InlineData("QueryName", "ClientAddress", "QueryType", "Timestamp")]
    [InlineData("query", "id.orig_h", "qtype_name", "ts")]
    [InlineData("query", "src", "record_type", "_time")]
    [InlineData("DnsQuery", "SrcIpAddr", "DnsQueryTypeName", "EventStartTime")]
    [InlineData("Domain", "InternalIp", "QueryType", "Timestamp")]
    [InlineData("dns.question.name", "source.ip", "dns.question.type", "@timestamp")]
    [InlineData("QUERYTARGET", "IPADDRESS", "querytype", "timestamp")]
    [InlineData("Name", "Client", "Type", "Time")]
    public void Names_of_properties_are_known(string name, string client, string type, string time)
    {
        var item = new PSObject();
        item.Properties.Add(new PSNoteProperty(time, "2023-11-14T22:13:20.5Z"));
        item.Properties.Add(new PSNoteProperty(type, "txt"));
        item.Properties.Add(new PSNoteProperty(client, "192.0.2.1"));
        item.Properties.Add(new PSNoteProperty(name, "A.b.example.com"));
        var query = One("param($Item) $Item | Import-DnsLog", item);
        Assert.Empty(Session.Warnings);
        Assert.Equal<object?>(["A.b.example.com", "TXT", "example.com", s_time, "192.0.2.1"], Values(query, "QueryName", "QueryType", "RegisteredDomain", "Timestamp", "ClientAddress"));
    }

    [Fact]
    public void Values_may_be_of_their_own_types_nested_and_lists()
    {
        var query = One("""
            @{
                '@timestamp' = [datetimeoffset]'2023-11-14T23:13:20.5+01:00'
                dns = [pscustomobject]@{ id = 7; question = @{ name = 'a.example.com'; type = 'A' }; answers = @([pscustomobject]@{ data = '192.0.2.9' }, @{ data = '192.0.2.10' }) }
                source = @{ ip = [ipaddress]'192.0.2.1'; port = 40000 }
            } | Import-DnsLog
            """);
        Assert.Equal<object?>([s_time, "192.0.2.1", 40000, 7, 2], Values(query, "Timestamp", "ClientAddress", "ClientPort", "Id", "AnswerCount"));
        Assert.Equal(["192.0.2.9", "192.0.2.10"], (string[])query.Properties["Answers"].Value);
    }

    [Theory]
    [InlineData("[double]1700000000.5")]
    [InlineData("[long]1700000000500")]
    [InlineData("[datetime]::new(638355968005000000, 'Utc')")]
    [InlineData("[datetime]::new(638355968005000000, 'Utc').ToLocalTime()")]
    [InlineData("'2023-11-14T22:13:20.5Z'")]
    [InlineData("'11/14/2023 10:13:20.5 PM'")]
    [InlineData("'11/14/2023, 10:13:20.500 PM'")]
    public void Times_are_read_in_every_form(string time) => Assert.Equal(s_time, One($"[pscustomobject]@{{ QueryName = 'a.example'; Time = {time} }} | Import-DnsLog").Properties["Timestamp"].Value);

    [Theory]
    [InlineData("'2023-11-14 23:13:20.5'")]
    [InlineData("[datetime]::new(638356004005000000)")]
    public void Times_without_a_zone_are_of_the_one_given(string time) =>
        Assert.Equal(s_time, One($"[pscustomobject]@{{ QueryName = 'a.example'; Time = {time} }} | Import-DnsLog -TimeZone Europe/Berlin").Properties["Timestamp"].Value);

    [Fact]
    public void Queries_that_were_saved_come_back_as_they_were()
    {
        var queries = Session.Run("param($p) Start-DnsCapture $p", ("p", Captures.Dns2tcp)).ConvertAll(Serialize);
        var saved = queries.ConvertAll(PSSerializer.Deserialize);
        Assert.Equal(queries, Session.RunWith(saved, "$input | Import-DnsLog").ConvertAll(Serialize));
        Assert.Empty(Session.Errors);
        Assert.Equal(
            Session.Run("param($p) Get-DnsDomainVolume $p -ByClient | ForEach-Object InformationBytes", ("p", Captures.Dns2tcp)).Single().BaseObject,
            Session.RunWith(saved, "$input | Get-DnsDomainVolume -ByClient | ForEach-Object InformationBytes").Single().BaseObject);
    }

    [Fact]
    public void Volumes_that_were_saved_are_judged_as_they_were()
    {
        var volumes = Session.Run("param($p) Get-DnsDomainVolume $p -ByClient", ("p", Captures.Folder));
        var saved = volumes.ConvertAll(v => PSSerializer.Deserialize(Serialize(v)));
        // Saved volumes do not say which names they hold, so scores are near, not equal.
        const string found = "$input | Test-DnsTunneling | ForEach-Object { \"$($_.Domain) $($_.Client)\" }";
        Assert.Equal(
            Session.RunWith(volumes, found).Select(f => (string)f.BaseObject).Order(StringComparer.Ordinal),
            Session.RunWith(saved, found).Select(f => (string)f.BaseObject).Order(StringComparer.Ordinal));
        Assert.Empty(Session.Errors);

        Session.RunWith(saved.Take(1), "$input | Get-DnsDomainVolume");
        Assert.StartsWith("InputNotUsable,", Assert.Single(Session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    /// <summary>Event records exist on Windows alone; these have their shape.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_event_of_Sysmon_is_a_query(bool isLive)
    {
        var query = Assert.Single(Session.RunWith([Event(22, isLive), Event(1, isLive)], "$input | Import-DnsLog"));
        Assert.Empty(Session.Errors);
        Assert.Equal<object?>(
            [s_time, "pc1", 77, "curl.exe", "a.example.com", "NOERROR", @"LAB\u"],
            Values(query, "Timestamp", "HostName", "ProcessId", "ProcessName", "QueryName", "ResponseCode", "UserName"));
        Assert.Equal(["192.0.2.9"], (string[])query.Properties["Answers"].Value);
    }

    [Fact]
    public void Events_of_other_subjects_are_no_errors_but_news()
    {
        Session.RunWith([Event(1, true), Event(3, true)], "$input | Import-DnsLog");
        Assert.Empty(Session.Errors);
        Assert.Equal("Input objects: No DNS query in 2 objects.", Assert.Single(Session.Warnings));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Colour = 'red' }")]
    [InlineData("[pscustomobject]@{ Name = 'a file'; Length = 5 }")]
    [InlineData("[pscustomobject]@{ QueryName = 'a' * 64 }")]
    [InlineData("[pscustomobject]@{ QueryName = 'a.example'; Time = 'yesterday' }")]
    [InlineData("[pscustomobject]@{ Domain = 'a.example'; Client = '192.0.2.1'; InformationBytes = 5 }")]
    [InlineData("5")]
    [InlineData("''")]
    [InlineData("@()", 0)]
    [InlineData("[Diagnostics.ProcessStartInfo]::new()")]
    public void What_is_of_no_use_is_one_error_and_the_rest_goes_on(string item, int errors = 1)
    {
        foreach (var (command, count) in new[] { ("Import-DnsLog", 1), ("Get-DnsDomainVolume", 1), ("Test-DnsTunneling -All", 1) })
        {
            Assert.Equal(count, Session.Run($"& {{ {item}; [pscustomobject]@{{ QueryName = 'a.example'; Time = 1700000000 }} }} | {command}").Count);
            Assert.Equal(errors, Session.Errors.Count);
            Assert.All(Session.Errors, e => Assert.StartsWith("InputNotUsable,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("PSPath")]
    [InlineData("FullName")]
    [InlineData("Path")]
    public void What_has_a_path_is_a_file_unless_it_is_a_query(string property)
    {
        var script = "param($p, $Name) [pscustomobject]@{ Name = 'x.pcap'; Type = 'file'; $Name = $p } | Get-DnsDomainVolume | ForEach-Object QueryCount";
        Assert.Equal(1240L, Session.Run(script, ("p", Captures.Dns2tcp), ("Name", property)).Single().BaseObject);
        Assert.Equal("a.example", One($"[pscustomobject]@{{ query = 'a.example'; {property} = '/index'; Time = 1700000000 }} | Import-DnsLog").Properties["QueryName"].Value);
    }

    [Fact]
    public void Queries_without_a_time_are_a_warning()
    {
        One("[pscustomobject]@{ QueryName = 'a.example' } | Import-DnsLog");
        Assert.Contains("1 queries came without a time", Assert.Single(Session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_cannot_be_got_is_none()
    {
        var query = One("$o = [pscustomobject]@{ QueryName = 'a.example'; Time = 1700000000 }; $o.PSObject.Properties.Add([psscriptproperty]::new('Client', { throw 'no' })); $o | Import-DnsLog");
        Assert.Null(query.Properties["ClientAddress"].Value);
    }

    private static PSObject Event(int id, bool isLive)
    {
        var item = new PSObject();
        item.Properties.Add(new PSNoteProperty("Id", id));
        item.Properties.Add(new PSNoteProperty("ProviderName", "Microsoft-Windows-Sysmon"));
        item.Properties.Add(new PSNoteProperty("LogName", "Microsoft-Windows-Sysmon/Operational"));
        item.Properties.Add(new PSNoteProperty("MachineName", "pc1"));
        if (isLive) item.Methods.Add(new PSScriptMethod("ToXml", ScriptBlock.Create($"\"{Event22}\"")));
        else item.Properties.Add(new PSNoteProperty("Message", "Dns query:\r\nUtcTime: 2023-11-14 22:13:20.500\r\nProcessId: 77\r\nQueryName: a.example.com\r\nQueryStatus: 0\r\nQueryResults: ::ffff:192.0.2.9;\r\nImage: C:\\x\\curl.exe\r\nUser: LAB\\u"));
        return item;
    }

    private static string Serialize(PSObject item) => PSSerializer.Serialize(item.BaseObject);

    private static object?[] Values(PSObject item, params string[] names) => [.. names.Select(name => item.Properties[name].Value)];

    private PSObject One(string script, object? item = null)
    {
        var query = Assert.Single(Session.Run(script, item is null ? [] : [("Item", item)]));
        Assert.Empty(Session.Errors);
        Assert.Contains("DnsTunnel.DnsQuery", query.TypeNames);
        return query;
    }
}
