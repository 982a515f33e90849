using DnsTunnel.ClickHouse;

namespace DnsTunnel.Tests.ClickHouse;

public class ServerMessageTests
{
    [Theory]
    [InlineData("Code: 60, e.displayText() = DB::Exception: Table default.nope doesn't exist., e.what() = DB::Exception\n", ClickHouseError.TableNotFound, "Table default.nope doesn't exist.")]
    [InlineData("Code: 60. DB::Exception: Table default.nope does not exist. (UNKNOWN_TABLE) (version 24.8.4.13 (official build))\n", ClickHouseError.TableNotFound, "Table default.nope does not exist")]
    [InlineData("Code: 516. DB::Exception: sensor: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED) (version 24.8)", ClickHouseError.AccessDenied, "sensor: Authentication failed: password is incorrect, or there is no user with such name")]
    [InlineData("Code: 210, e.displayText() = DB::NetException: Connection refused: (127.0.0.1:9000), e.what() = DB::NetException", ClickHouseError.ServerLost, "Connection refused: (127.0.0.1:9000)")]
    [InlineData("Code: 62, e.displayText() = DB::Exception: Syntax error", ClickHouseError.StatementRefused, "Syntax error")]
    internal void Says_what_and_why(string body, ClickHouseError error, string text)
    {
        Assert.True(ServerMessage.TryParse(body, out var message));
        Assert.Equal((error, text), (message.Error, message.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Not found</html>")]
    [InlineData("Code: 99999999999, e.displayText() = x")]
    public void Others_say_something_else(string body) => Assert.False(ServerMessage.TryParse(body, out _));
}
