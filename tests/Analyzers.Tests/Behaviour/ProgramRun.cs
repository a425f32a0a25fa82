using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What a program wrote, and how it ended.</summary>
/// <param name="Lines">What it wrote, to either stream.</param>
/// <param name="Failure">What came out of <c>Main</c>; null where it ended well.</param>
internal sealed record ProgramRun(string[] Lines, Exception? Failure)
{
    /// <summary>Nothing here takes that long: whatever does, hangs.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    /// <summary>Compiles the only project of the solution in memory and runs it, with a runtime of its own.</summary>
    public static async Task<ProgramRun> OfAsync(Solution solution)
    {
        var compilation = (await solution.Projects.Single().GetCompilationAsync())!;
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException("The program does not compile:\n" + string.Join("\n", errors));
        }

        image.Position = 0;
        var context = new LoadedProgram();
        try
        {
            return await Task.Run(() => RunAsync(context, context.LoadFromStream(image))).WaitAsync(Hang);
        }
        finally
        {
            context.Unload();
        }
    }

    private static async Task<ProgramRun> RunAsync(LoadedProgram program, Assembly assembly)
    {
        var text = program.Text;
        ConsoleCapture.Begin(text);
        var failure = await Record(assembly.EntryPoint!);
        string written;
        lock (text)
            written = text.ToString();

        return new(written.Split('\n', StringSplitOptions.RemoveEmptyEntries), failure);
    }

    // `Main` waits for its task, so it gets a thread that it may block.
    private static Task<Exception?> Record(MethodInfo main) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                var arguments = main.GetParameters().Length == 0 ? null : new object[] { Array.Empty<string>() };
                main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
                return null;
            }
            catch (Exception exception)
            {
                return exception;
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
