using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Tests.Response;

/// <summary>
/// A host of its own: a network namespace with a cable to another one. Work done by <see cref="Run"/> is in it: its sockets, and the
/// processes that it starts. Skips where there can be none.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    public const string Address = "10.73.1.1", Address6 = "fd73:1::1", Peer = "10.73.1.2", Peer6 = "fd73:1::2", OtherPeer = "10.73.1.3";

    private const int CloneNewNet = 0x40000000;

    private static int s_count;

    private readonly string _host, _peer;

    public NetworkNamespace()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("network namespaces need root on Linux");
        Programs.Require("ip", "iproute2");
        Programs.Require("nft", "nftables");
        var number = Interlocked.Increment(ref s_count);
        (_host, _peer) = ($"dnh{Environment.ProcessId}x{number}", $"dnp{Environment.ProcessId}x{number}");
        Shell($"""
            set -e
            ip netns add {_host}
            ip netns add {_peer}
            ip -n {_host} link add veth0 type veth peer name veth1 netns {_peer}
            ip -n {_host} addr add {Address}/24 dev veth0
            ip -n {_host} addr add {Address6}/64 dev veth0 nodad
            ip -n {_peer} addr add {Peer}/24 dev veth1
            ip -n {_peer} addr add {OtherPeer}/24 dev veth1
            ip -n {_peer} addr add {Peer6}/64 dev veth1 nodad
            for host in {_host} {_peer}; do ip -n $host link set lo up; done
            ip -n {_host} link set veth0 up
            ip -n {_peer} link set veth1 up
            """);
        foreach (var address in new[] { Peer, Peer6 }) WaitForCable(address);
    }

    /// <summary>All rules of the host.</summary>
    public string Rules => RunIn(_host, () => Shell("nft list ruleset"));

    /// <summary>Does work on the host.</summary>
    public T Run<T>(Func<T> work) => RunIn(_host, work);

    public void Run(Action work) => RunIn(_host, () => { work(); return 0; });

    /// <summary>A listener on the other end of the cable, or on the host, that accepts without limit and echoes one byte at a time.</summary>
    public TcpListener Echo(string address, int port, bool onHost = false)
    {
        var listener = RunIn(onHost ? _host : _peer, () =>
        {
            var made = new TcpListener(IPAddress.Parse(address), port);
            made.Start();
            return made;
        });
        _ = ServeAsync(listener);
        return listener;
    }

    /// <summary>A socket of the host or of the other end.</summary>
    public Socket Socket(string target, bool onHost = true) => RunIn(onHost ? _host : _peer, () =>
    {
        var address = IPAddress.Parse(target);
        return new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 1000, SendTimeout = 1000 };
    });

    /// <summary>Starts a program on the other end.</summary>
    public System.Diagnostics.Process StartOnPeer(string program, params string[] arguments) => RunIn(_peer, () => Programs.Start(program, arguments));

    public static string Shell(string script)
    {
        var result = new LocalScriptRunner().Run(ScriptLanguage.Shell, script, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    public void Dispose() => Shell($"ip netns del {_host}; ip netns del {_peer}");

    /// <summary>IPv6 needs some moments on a new link; a port where nobody listens refuses as soon as there is a way.</summary>
    private void WaitForCable(string address)
    {
        for (var end = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < end; Thread.Sleep(50))
        {
            using var socket = Socket(address);
            try
            {
                socket.Connect(new IPEndPoint(IPAddress.Parse(address), 9));
            }
            catch (SocketException exception)
            {
                if (exception.SocketErrorCode == SocketError.ConnectionRefused) return;
            }
        }
        Assert.Fail($"there is no way to {address}");
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = client.GetStream().CopyToAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test has ended.
        }
    }

    // A thread enters a namespace for good, so each piece of work has a thread of its own.
    private static T RunIn<T>(string name, Func<T> work)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{name}");
                if (Enter(file, CloneNewNet) != 0) throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeError()}");
                result = work();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return result!;
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int Enter(SafeHandle file, int kind);
}
