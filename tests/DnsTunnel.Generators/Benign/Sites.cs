using DnsTunnel.Generators.Codecs;

namespace DnsTunnel.Generators.Benign;

/// <summary>What people and programs look up on an ordinary day: real well-known hosts, and a long tail of made-up sites.</summary>
internal static class Sites
{
    public static string[] WellKnown { get; } = Split("""
        www.google.com www.youtube.com www.wikipedia.org en.wikipedia.org www.reddit.com outlook.office365.com teams.microsoft.com
        www.linkedin.com github.com www.amazon.com www.amazon.de x.com web.whatsapp.com www.facebook.com www.instagram.com
        www.netflix.com open.spotify.com www.bbc.co.uk www.nytimes.com www.theguardian.com stackoverflow.com mail.google.com
        drive.google.com docs.google.com calendar.google.com www.bing.com duckduckgo.com www.zoom.us slack.com app.slack.com
        www.dropbox.com www.paypal.com www.ebay.com www.booking.com www.imdb.com www.twitch.tv discord.com www.apple.com
        www.microsoft.com login.microsoftonline.com portal.azure.com console.aws.amazon.com www.cloudflare.com medium.com
        """);

    public static string[] ThirdParties { get; } = Split("""
        fonts.googleapis.com fonts.gstatic.com www.googletagmanager.com www.google-analytics.com region1.google-analytics.com
        googleads.g.doubleclick.net securepubads.g.doubleclick.net pagead2.googlesyndication.com tpc.googlesyndication.com
        connect.facebook.net static.xx.fbcdn.net cdn.jsdelivr.net cdnjs.cloudflare.com unpkg.com code.jquery.com i.ytimg.com
        yt3.ggpht.com s.ytimg.com static.cloudflareinsights.com bat.bing.com px.ads.linkedin.com snap.licdn.com c.amazon-adsystem.com
        aax.amazon-adsystem.com ib.adnxs.com acdn.adnxs.com gum.criteo.com static.criteo.net cdn.taboola.com trc.taboola.com
        widgets.outbrain.com sb.scorecardresearch.com secure.quantserve.com js-agent.newrelic.com bam.nr-data.net
        cdn.cookielaw.org geolocation.onetrust.com consent.cookiebot.com static.hotjar.com script.hotjar.com use.typekit.net
        p.typekit.net maps.googleapis.com ajax.googleapis.com apis.google.com ssl.gstatic.com www.gstatic.com js.stripe.com
        m.stripe.network cdn.segment.com api.segment.io browser.sentry-cdn.com o12345.ingest.sentry.io cdn.optimizely.com
        ads.pubmatic.com image8.pubmatic.com fastlane.rubiconproject.com eus.rubiconproject.com prebid.media.net match.adsrvr.org
        """);

    public static string[] Background { get; } = Split("""
        settings-win.data.microsoft.com v10.events.data.microsoft.com self.events.data.microsoft.com ctldl.windowsupdate.com
        fe3cr.delivery.mp.microsoft.com slscr.update.microsoft.com client.wns.windows.com www.msftconnecttest.com
        dns.msftncsi.com smartscreen-prod.microsoft.com nav.smartscreen.microsoft.com edge.microsoft.com
        config.edge.skype.com ecs.office.com nexusrules.officeapps.live.com officeclient.microsoft.com login.live.com
        safebrowsing.googleapis.com update.googleapis.com clients4.google.com optimizationguide-pa.googleapis.com
        detectportal.firefox.com push.services.mozilla.com incoming.telemetry.mozilla.org ocsp.digicert.com crl3.digicert.com
        r11.o.lencr.org ocsp.pki.goog gateway.icloud.com 12-courier.push.apple.com gs-loc.apple.com gsp-ssl.ls.apple.com
        connectivity-check.ubuntu.com motd.ubuntu.com time.windows.com 0.pool.ntp.org 1.pool.ntp.org time.apple.com
        """);

    private static string[] Split(string text) => text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Sites that only some people visit.</summary>
    public static string[] Tail(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => "www." + Words.Domain(random))];
    }

    /// <summary>The hosts that a page of this site takes its parts from; the same at each visit.</summary>
    public static IEnumerable<string> PartsOf(string site)
    {
        var random = new Random((int)StableHash.Of("parts" + site));
        var zone = Answers.Zone(site);
        string[] own = ["static", "img", "cdn", "api", "assets", "media", "login", "images-1", "s3"];
        for (var i = random.Next(3); i > 0; i--) yield return own[random.Next(own.Length)] + "." + zone;
        for (var i = random.Next(2, 9); i > 0; i--) yield return ThirdParties[(int)(ThirdParties.Length * Math.Pow(random.NextDouble(), 1.6))];
    }
}
