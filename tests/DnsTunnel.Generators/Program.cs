using DnsTunnel.Generators;
using DnsTunnel.Generators.Scenarios;

try
{
    var options = Options.Parse(args);
    var count = ScenarioTable.Write(options);
    Console.WriteLine($"{count} captures in {options.Directory}");
    return 0;
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
