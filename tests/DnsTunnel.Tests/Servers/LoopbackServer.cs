using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DnsTunnel.Tests.Response;
using DnsTunnel.Tests.Wire;

namespace DnsTunnel.Tests.Servers;

/// <summary>A DNS server of another project on the loopback address, asked with messages that no resolver library has touched.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private static readonly byte[] s_ready = MessageBuilder.Query("ready.example", id: 0xFFFF).ToArray();

    private readonly Process _process;
    private readonly Task<string[]> _output;
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 200 };
    private readonly byte[] _buffer = new byte[65535];

    /// <summary>Starts a server that stays in the foreground, and waits until it answers at the port.</summary>
    public LoopbackServer(int port, string program, params string[] arguments)
    {
        _client.Connect(IPAddress.Loopback, port);
        _process = Programs.Start(program, arguments);
        _output = Task.WhenAll(_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        for (var end = DateTime.UtcNow.AddSeconds(20); Exchange(s_ready).IsEmpty;)
        {
            if (_process.HasExited) Assert.Fail(Stop());
            Assert.True(DateTime.UtcNow < end, $"{program} did not answer in 20 seconds");
            Thread.Sleep(20);
        }
    }

    /// <summary>The port that the test asks from.</summary>
    public int ClientPort => ((IPEndPoint)_client.LocalEndPoint!).Port;

    /// <summary>A port of the loopback address that is free for both transports.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            stream.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            try
            {
                datagrams.Bind(stream.LocalEndPoint!);
                return ((IPEndPoint)stream.LocalEndPoint!).Port;
            }
            catch (SocketException)
            {
            }
        }
    }

    /// <summary>The size of the answer to a message; sent once, so a log has it once.</summary>
    public int Ask(byte[] message)
    {
        _client.ReceiveTimeout = 10_000;
        var answer = Exchange(message);
        Assert.False(answer.IsEmpty, "no answer in 10 seconds");
        return answer.Length;
    }

    /// <summary>Waits until the server has logged all that it answered: some log after the answer is sent, but before they take the next question.</summary>
    public void Settle() => Ask(s_ready);

    /// <summary>Ends the server in order, so that it writes what it holds, and gives all that it has said.</summary>
    public string Stop()
    {
        if (!_process.HasExited) Process.Start("kill", ["-TERM", $"{_process.Id}"]).WaitForExit();
        Assert.True(_process.WaitForExit(20_000), "the server did not end in 20 seconds");
        return string.Concat(_output.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
    }

    /// <summary>Sends a message and receives up to the answer with its id; empty without one.</summary>
    private ReadOnlySpan<byte> Exchange(byte[] message)
    {
        try
        {
            _client.Send(message);
            while (true)
            {
                var length = _client.Receive(_buffer);
                if (length > 2 && _buffer.AsSpan(0, 2).SequenceEqual(message.AsSpan(0, 2))) return _buffer.AsSpan(0, length);
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.TimedOut)
        {
            return default;
        }
    }
}
