namespace DnsTunnel.Volume;

/// <summary>Which summary of a window a transaction belongs to.</summary>
/// <param name="Domain">A number from <see cref="DomainTable"/>.</param>
/// <param name="Client">A number from <see cref="ClientTable"/>; <see cref="ClientTable.Unknown"/> when not counted by client.</param>
internal readonly record struct SummaryKey(int Domain, int Client);
