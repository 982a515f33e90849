using System.Collections;
using System.Management.Automation;
using System.Net;

namespace DnsTunnel.PowerShell;

/// <summary>Takes addresses, with a port or without: 192.0.2.1, 192.0.2.1:5353, 2001:db8::1, [2001:db8::1]:5353.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class EndPointTransformationAttribute : ArgumentTransformationAttribute
{
    private const int DnsPort = 53;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var data = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return data is IEnumerable items and not string ? items.Cast<object?>().Select(One).ToArray() : new[] { One(data) };
    }

    private static IPEndPoint One(object? item)
    {
        if (item is PSObject wrapped) item = wrapped.BaseObject;
        var end = item switch
        {
            IPEndPoint given => given,
            IPAddress address => new IPEndPoint(address, 0),
            _ => IPEndPoint.TryParse($"{item}", out var parsed) ? parsed : throw new ArgumentTransformationMetadataException(
                $"'{Printable.Text($"{item}")}' is no address: give one such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53."),
        };
        return new IPEndPoint(end.Address, end.Port == 0 ? DnsPort : end.Port);
    }
}
