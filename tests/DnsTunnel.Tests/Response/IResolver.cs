using System.Net;
using DnsTunnel.Response;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Tests.Response;

/// <summary>A real resolver on the loopback address, as tests of providers need it.</summary>
internal interface IResolver : IDisposable
{
    IPEndPoint EndPoint { get; }

    /// <summary>The folder that it reads.</summary>
    string Folder { get; }

    /// <summary>Where scripts run so that they reach this server.</summary>
    IScriptRunner Runner { get; }

    IResponseProvider Provider { get; }

    /// <summary>What it has in force and does not read again, in any words.</summary>
    string State { get; }

    void Restart();
}
