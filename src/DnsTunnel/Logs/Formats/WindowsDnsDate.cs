using System.Buffers.Text;

namespace DnsTunnel.Logs.Formats;

/// <summary>
/// Dates of the Windows debug log, in the order of the server's locale: 6/5/2013 10:00:32 AM (en-US), 05/06/2013 10:00:32 (en-GB, it-IT),
/// 05.06.2013 10:00:32 (de-DE), 2013-06-05 10:00:32 (sv-SE). Where day and month could be either, the twelve-hour clock speaks for
/// month first, unless that puts the time after the end of the log; a number over 12 settles it for all the lines that follow.
/// </summary>
internal sealed class WindowsDnsDate(LogClock clock)
{
    private bool? _dayFirst;

    public bool TryRead(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        Span<int> numbers = stackalloc int[6];
        text = text.TrimStart((byte)' ');
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!Utf8Parser.TryParse(text, out numbers[i], out var digits) || numbers[i] < 0 || digits > 4) return false;
            text = text[digits..];
            // "/", ".", "-" between numbers of the date, ":" or, in old Italian locales, "." between those of the time.
            if (i < numbers.Length - 1) text = text.IsEmpty ? text : text[1..].TrimStart((byte)' ');
        }
        text = text.TrimStart((byte)' ');
        var twelveHours = text.StartsWith("AM"u8) || text.StartsWith("PM"u8);
        if (twelveHours)
        {
            if (numbers[3] is < 1 or > 12) return false;
            numbers[3] = numbers[3] % 12 + (text[0] == 'P' ? 12 : 0);
        }
        if (numbers[0] > 31) return TryMake(numbers[0], numbers[1], numbers[2], numbers, out time);

        if (numbers[0] > 12) _dayFirst = true;
        else if (numbers[1] > 12) _dayFirst = false;
        var dayFirst = _dayFirst ?? !twelveHours;
        if (!TryMake(numbers, dayFirst, out time)) return false;
        if (_dayFirst is not null || !IsFuture(time) || !TryMake(numbers, !dayFirst, out var other) || IsFuture(other)) return true;
        time = other;
        return true;
    }

    private bool IsFuture(DateTime time) => time > clock.Reference.AddDays(1);

    private bool TryMake(ReadOnlySpan<int> numbers, bool dayFirst, out DateTime time)
    {
        var year = numbers[2] < 100 ? 2000 + numbers[2] : numbers[2];
        return TryMake(year, numbers[dayFirst ? 1 : 0], numbers[dayFirst ? 0 : 1], numbers, out time);
    }

    private bool TryMake(int year, int month, int day, ReadOnlySpan<int> clockNumbers, out DateTime time)
    {
        if (!LogTimeFormats.TryMake(year, month, day, clockNumbers[3], clockNumbers[4], clockNumbers[5], out time)) return false;
        time = clock.ToUtc(time);
        return true;
    }
}
