#!/usr/bin/env dotnet
#:project ../Demo/ScopedTasks.Demo.csproj
#:property PublishAot=false

// The main job, end to end, on a machine that has nothing but the .NET SDK: a project installs the package, a build
// shows what is wrong, dotnet format repairs it, a rebuild shows what is left. Only a copy is changed.
//
//   dotnet run tests/Samples/demo.cs                     the Shop of the samples, and what becomes of it
//   dotnet run tests/Samples/demo.cs -- path/to/any      your .csproj, .sln, .slnx or .slnf, or a folder with one
//
//   --package <file.nupkg>   install this package instead of packing one
//   --json <file>            write all that was found, changed and seen
//   --keep                   leave the working folder for a look

using ScopedTasks.Demo;

var repository = Path.GetFullPath("../..", (string)AppContext.GetData("EntryPointFileDirectoryPath")!);
var colours = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
return await Job.RunAsync(args, repository, new Screen(Console.Out, colours));
