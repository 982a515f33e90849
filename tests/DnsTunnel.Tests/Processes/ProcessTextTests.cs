using DnsTunnel.Processes;

namespace DnsTunnel.Tests.Processes;

public class ProcessTextTests
{
    [Theory]
    [InlineData("/opt/x (1)/evil", "evil", 42, "/opt/x (1)/evil (42)")]
    [InlineData(null, "evil", 42, "evil (42)")]
    [InlineData("", "evil", null, "evil")]
    [InlineData(null, null, 42, "process (42)")]
    [InlineData(null, null, null, null)]
    public void It_tells_the_program_and_its_id(string? path, string? name, int? id, string? expected) => Assert.Equal(expected, ProcessText.Of(path, name, id));

    [Theory]
    [InlineData("/opt/x (1)/evil (42)", "/opt/x (1)/evil", 42)]
    [InlineData("evil", "evil", null)]
    [InlineData("evil (x)", "evil (x)", null)]
    [InlineData(" (42)", " (42)", null)]
    [InlineData("evil (99999999999)", "evil (99999999999)", null)]
    [InlineData("", "", null)]
    public void It_is_read_back(string text, string program, int? id) => Assert.Equal((program, id), ProcessText.Read(text));

    [Fact]
    public void What_a_terminal_obeys_is_escaped() => Assert.DoesNotContain(ProcessText.Of(null, "ev\u001b[2Jil\n", 1)!, char.IsControl);
}
