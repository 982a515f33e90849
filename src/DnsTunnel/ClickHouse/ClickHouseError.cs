namespace DnsTunnel.ClickHouse;

/// <summary>Why a ClickHouse server did not do what it was asked.</summary>
internal enum ClickHouseError
{
    AddressNotValid,
    ServerNotReachable,
    ServerNotTrusted,
    ServerLost,
    AccessDenied,
    TableNotFound,
    TableNotCurrent,
    StatementRefused,
}
