namespace DnsTunnel.Dnstap;

/// <summary>What a server saw a message as (https://github.com/dnstap/dnstap.pb); queries are odd, responses even.</summary>
internal enum DnstapType
{
    None,
    AuthQuery,
    AuthResponse,
    ResolverQuery,
    ResolverResponse,
    ClientQuery,
    ClientResponse,
    ForwarderQuery,
    ForwarderResponse,
    StubQuery,
    StubResponse,
    ToolQuery,
    ToolResponse,
    UpdateQuery,
    UpdateResponse,
}
