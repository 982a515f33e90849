using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>
/// People at work or at home: pages with their parts by popularity, A, AAAA and HTTPS questions, a cache in each client,
/// background programs, and in an office the directory (MS-ADTS section 6.3) and a search suffix.
/// </summary>
internal sealed class OfficeDay(TrafficLog log, int clients, double hours, double pagesPerHour)
{
    private const double DaySeconds = 86400;
    private const double NegativeTtl = 60;

    private readonly Dictionary<(int Client, string Name, ushort Type), double> _cached = [];
    private readonly string[] _sites = [.. Sites.WellKnown, .. Sites.Tail(400, log.Random.Next())];
    private readonly Random _random = log.Random;

    public string? Directory { get; init; }

    /// <summary>A little browsing, so that a capture of one class has a population around it.</summary>
    public static void Light(TrafficLog log, double hours) => new OfficeDay(log, 3, hours, Math.Max(1.5, 20 / hours)).Emit();

    public void Emit()
    {
        for (var client = 0; client < clients; client++)
        {
            Browse(client);
            RunPrograms(client);
            if (Directory is not null) FindDirectory(client, Directory);
        }
    }

    private void Browse(int client)
    {
        for (var time = 0.0; ;)
        {
            time += -Math.Log(1 - _random.NextDouble()) * 3600 / (pagesPerHour * Activity(time));
            if (time >= hours * 3600) return;
            var site = _sites[(int)(_sites.Length * Math.Pow(_random.NextDouble(), 2.5))];
            Look(time, client, site, isBrowser: true);
            foreach (var part in Sites.PartsOf(site)) Look(time + 0.1 + _random.NextDouble(), client, part, isBrowser: true);
        }
    }

    private void RunPrograms(int client)
    {
        foreach (var host in Sites.Background)
        {
            if (StableHash.Of(host + client) % 3 == 0) continue;
            var every = 600 + StableHash.Of(host) % 14000;
            for (var time = _random.NextDouble() * every; time < hours * 3600; time += every * (0.9 + 0.2 * _random.NextDouble())) Look(time, client, host, isBrowser: false);
        }
    }

    private void FindDirectory(int client, string domain)
    {
        var guid = new Guid(Enumerable.Range(0, 16).Select(i => (byte)(StableHash.Of(domain) >> i % 4 * 8)).ToArray());
        var controller = "dc01." + domain;
        string[] services =
        [
            $"_ldap._tcp.{domain}", $"_ldap._tcp.Default-First-Site-Name._sites.dc._msdcs.{domain}", $"_ldap._tcp.dc._msdcs.{domain}",
            $"_kerberos._tcp.dc._msdcs.{domain}", $"_kerberos._tcp.Default-First-Site-Name._sites.dc._msdcs.{domain}", $"_gc._tcp.{domain}",
            $"_ldap._tcp.{guid}.domains._msdcs.{domain}",
        ];
        for (var time = _random.NextDouble() * 900; time < hours * 3600; time += 900 + 1800 * _random.NextDouble())
        {
            var service = services[_random.Next(services.Length)];
            log.Ask(time, client, service, RecordType.Srv, Reply.Of(Record.Srv(0, (ushort)(service.StartsWith("_kerb", StringComparison.Ordinal) ? 88 : 389), controller)));
            log.Ask(time + 0.01, client, controller, RecordType.A, Reply.Of(Record.A(Address.Resolver, 1200)));
            log.Ask(time + 0.02, client, $"{guid}._msdcs.{domain}", RecordType.Cname, Reply.Of(Record.Cname(controller, 600)));
            log.Ask(time + 0.03, client, $"wpad.{domain}", RecordType.A, Reply.NxDomain(domain));
            log.Ask(time + 0.04, client, $"{Words.Of((byte)(client * 7))}-pc{client}.{domain}", RecordType.Soa, Reply.NoData(domain));
        }
    }

    private void Look(double time, int client, string host, bool isBrowser)
    {
        Ask(time, client, host, RecordType.A);
        Ask(time + 0.0004, client, host, RecordType.Aaaa);
        if (isBrowser) Ask(time + 0.0006, client, host, RecordType.Https);
        // A stub with a search suffix tries it on names that failed or are short (RFC 1535 tells why it should not).
        if (Directory is not null && _random.Next(60) == 0) log.Ask(time + 0.1, client, $"{host}.{Directory}", RecordType.A, Reply.NxDomain(Directory));
    }

    private void Ask(double time, int client, string host, ushort type)
    {
        if (_cached.TryGetValue((client, host, type), out var expires) && time < expires) return;
        var question = Answers.Host(host, type);
        _cached[(client, host, type)] = time + (question.Reply.Answers.Length > 0 ? Answers.Ttl(host) : NegativeTtl);
        log.Ask(time, client, question);
    }

    /// <summary>Less at night, most before noon and in the afternoon; even in a short capture.</summary>
    private double Activity(double time)
    {
        if (hours < 12) return 1;
        var hour = time % DaySeconds / 3600;
        return hour is < 7 or > 20 ? 0.08 : hour is > 12 and < 13 ? 0.5 : 1.2;
    }
}
