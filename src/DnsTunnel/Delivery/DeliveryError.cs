namespace DnsTunnel.Delivery;

/// <summary>Why a finding was not delivered.</summary>
internal enum DeliveryError
{
    ReceiverNotReachable,
    ReceiverNotTrusted,
    ReceiverRefused,
    FindingRefused,
    OutboxNotUsable,
    OutboxFull,
}
