namespace DnsTunnel.Tests.Detection;

/// <summary>What comes back counts where names tell nothing: once for each distinct answer, and not where answers are expected.</summary>
public sealed class AnswerTests
{
    private const int AnswerBytes = 240;

    [Theory]
    [InlineData("cmd.example.com")]
    [InlineData("{0}.dl.example.com")]
    public void New_data_with_each_answer_are_a_tunnel(string name)
    {
        var finding = Assert.Single(Asked.Findings(Ask(name, _ => Random.Shared.GetHexString(AnswerBytes))));
        Assert.Equal("example.com", finding.Domain);
        Assert.Contains(finding.Reasons, r => r.Contains("came back in answers", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cmd.example.com", "TXT", 1)]
    [InlineData("cmd.example.com", "TXT", 3)]
    [InlineData("s{1}._domainkey.example.com", "TXT", 200)]
    [InlineData("{0}.2.0.192.list.example.com", "TXT", 200)]
    [InlineData("cmd.example.com", "A", 200)]
    public void Answers_that_repeat_that_are_expected_or_of_other_types_are_none(string name, string type, int answers) =>
        Assert.Empty(Asked.Findings(Ask(name, i => $"v={i % answers}{new string('x', AnswerBytes)}", type)));

    [Fact]
    public void The_order_of_records_makes_no_other_answer()
    {
        string[] records = ["one", "two", "three"];
        var queries = Ask("cmd.example.com", _ => "x").Select((q, i) => With(q, [.. records.Skip(i % 3), .. records.Take(i % 3)])).ToList();
        Assert.Equal(1, Asked.Timeline(queries).Total.Answers);
    }

    private static List<DnsQuery> Ask(string name, Func<int, string> answer, string type = "TXT") =>
        [.. Enumerable.Range(0, 200).Select(i => With(Asked.Query(string.Format(null, name, i, i % 20), i * 5, type: type), [answer(i)]))];

    private static DnsQuery With(DnsQuery query, string[] answers) => new()
    {
        Timestamp = query.Timestamp,
        ClientAddress = query.ClientAddress,
        QueryName = query.QueryName,
        QueryType = query.QueryType,
        ResponseCode = query.ResponseCode,
        AnswerCount = answers.Length,
        Answers = answers,
        QuerySize = 60,
        ResponseSize = 60 + answers.Sum(a => a.Length + 12),
    };
}
