using System.Globalization;
using System.Text.RegularExpressions;

namespace DnsTunnel.ClickHouse;

/// <summary>What a server says of a statement that failed: <c>Code: 60, e.displayText() = DB::Exception: Table … doesn't exist., e.what() = …</c>, or of late <c>Code: 60. DB::Exception: …</c>.</summary>
internal sealed partial record ServerMessage(ClickHouseError Error, string Text)
{
    public static bool TryParse(string body, out ServerMessage message)
    {
        var match = Pattern().Match(body);
        message = new(ClickHouseError.StatementRefused, match.Groups["text"].Value);
        if (!match.Success || !int.TryParse(match.Groups["code"].ValueSpan, CultureInfo.InvariantCulture, out var code)) return false;
        message = message with { Error = ErrorOf(code) };
        return true;
    }

    /// <summary>Numbers of ErrorCodes.cpp, which servers never give a new meaning.</summary>
    private static ClickHouseError ErrorOf(int code) => code switch
    {
        164 or 192 or 193 or 194 or 195 or 497 or 516 => ClickHouseError.AccessDenied,
        60 or 81 => ClickHouseError.TableNotFound,
        8 or 10 or 16 or 47 => ClickHouseError.TableNotCurrent,
        // A server behind the one that was asked, or one that has too much to do.
        3 or 32 or 95 or 96 or 101 or 102 or 159 or 198 or 202 or 203 or 209 or 210 or 236 or 242 or 252 or 279 or 999 => ClickHouseError.ServerLost,
        _ => ClickHouseError.StatementRefused,
    };

    [GeneratedRegex(@"Code: (?<code>\d+)[.,] (?:e\.displayText\(\) = )?(?:DB::(?:Net)?Exception: )?(?<text>.*?)(?:, e\.what\(\)|, Stack trace|\. \([A-Z_]+\)| \(version|$)", RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
