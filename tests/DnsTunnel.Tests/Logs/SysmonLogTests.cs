namespace DnsTunnel.Tests.Logs;

public class SysmonLogTests
{
    private const string NxLog =
        """{"EventID":22,"QueryName":"arc.msn.com","@timestamp":"2020-06-10T02:51:14.943Z","UtcTime":"2020-06-10 02:51:08.943","ProcessId":"5488","User":"ACME\\ada","Hostname":"WS6.mordor.local","host":"wec.internal","QueryStatus":"STATUS","QueryResults":"type:  5 arc.msn.com.nsatc.net;::ffff:52.179.129.229;fe80::5CB9:1;","Image":"C:\\Windows\\System32\\svchost.exe"}""";

    private const string WinlogBeat =
        """{"@timestamp":"2020-06-10T02:51:14.943Z","winlog":{"event_id":22,"computer_name":"WS6.mordor.local","event_data":{"QueryName":"arc.msn.com","UtcTime":"2020-06-10 02:51:08.943","ProcessId":"5488","User":"ACME\\ada","QueryStatus":"STATUS","QueryResults":"type:  5 arc.msn.com.nsatc.net;::ffff:52.179.129.229;fe80::5cb9:1;","Image":"C:\\Windows\\System32\\svchost.exe"}},"host":{"name":"wec"}}""";

    [Theory]
    [InlineData(NxLog)]
    [InlineData(WinlogBeat)]
    public void Every_field_is_read(string line)
    {
        var query = LogContent.One(line.Replace("STATUS", "0"));
        Assert.Equal(new DateTime(2020, 6, 10, 2, 51, 8, 943, DateTimeKind.Utc), query.Timestamp);
        Assert.Equal(("arc.msn.com", "", "NOERROR"), (query.QueryName, query.QueryType, query.ResponseCode));
        Assert.Equal(["arc.msn.com.nsatc.net", "52.179.129.229", "fe80::5cb9:1"], query.Answers);
        Assert.Equal(("WS6.mordor.local", 5488, "ACME\\ada"), (query.HostName, query.ProcessId, query.UserName));
        Assert.Equal(("svchost.exe", @"C:\Windows\System32\svchost.exe"), (query.ProcessName, query.ProcessPath));
        Assert.Null(query.ClientAddress);
    }

    [Theory]
    [InlineData("0", "NOERROR")]
    [InlineData("9002", "SERVFAIL")]
    [InlineData("9003", "NXDOMAIN")]
    [InlineData("9005", "REFUSED")]
    [InlineData("9501", "NOERROR")]
    [InlineData("9701", "NOERROR")]
    [InlineData("9502", null)]
    [InlineData("1460", null)]
    [InlineData("x", null)]
    public void A_status_is_the_response_code_it_stands_for(string status, string? code) =>
        Assert.Equal(code, LogContent.One(NxLog.Replace("STATUS", status)).ResponseCode);

    [Fact]
    public void Other_events_hold_no_queries()
    {
        var content = LogContent.ReadText(NxLog + "\n" + NxLog.Replace("\"EventID\":22", "\"EventID\":1") + "\n");
        Assert.Single(content.Queries);
        Assert.Equal(1, content.Statistics!.SkippedLines);
    }
}
