using Seeds;

// dotnet run --project tests/Samples/Seeds -- --list             shows the programs
// dotnet run --project tests/Samples/Seeds -- S0-07              runs one, in virtual time
// dotnet run --project tests/Samples/Seeds -- S0-10 --real       runs it in real time
if (args.Length == 0 || args.Contains("--list"))
{
    foreach (var program in SeedProgram.All)
        Console.WriteLine($"{program.Id}  {program.Title}");
    return 0;
}
foreach (var id in args.Where(argument => argument != "--real"))
{
    if (SeedProgram.Find(id) is not { } program)
    {
        Console.Error.WriteLine($"There is no program '{id}'; --list shows all.");
        return 1;
    }
    program.Run(args.Contains("--real") ? TimeProvider.System : new VirtualClock());
}
return 0;
