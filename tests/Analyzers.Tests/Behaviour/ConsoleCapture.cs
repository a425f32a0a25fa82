using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using System.Text;
using System.Threading;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>
/// Gives every program that runs a console of its own. It flows with the program's work; where work runs without its
/// context, as a continuation may, the code on the stack tells whose it is.
/// </summary>
internal sealed class ConsoleCapture : TextWriter
{
    private static readonly AsyncLocal<StringBuilder?> Current = new();

    private readonly TextWriter _outside;

    static ConsoleCapture()
    {
        Console.SetOut(Synchronized(new ConsoleCapture(Console.Out)));
        Console.SetError(Synchronized(new ConsoleCapture(Console.Error)));
    }

    private ConsoleCapture(TextWriter outside) => _outside = outside;

    public override Encoding Encoding => _outside.Encoding;

    /// <summary>From here on, what this work and all that it starts writes goes into the text.</summary>
    public static void Begin(StringBuilder text) => Current.Value = text;

    public override void Write(char value)
    {
        if (FindText() is not { } text)
        {
            _outside.Write(value);
            return;
        }

        lock (text)
            text.Append(value);
    }

    public override void Write(string? value)
    {
        if (FindText() is not { } text)
        {
            _outside.Write(value);
            return;
        }

        lock (text)
            text.Append(value);
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    private static StringBuilder? FindText() => Current.Value ?? new StackTrace().GetFrames()
        .Select(frame => frame.GetMethod()?.Module.Assembly)
        .Select(assembly => assembly is null ? null : AssemblyLoadContext.GetLoadContext(assembly))
        .OfType<LoadedProgram>()
        .FirstOrDefault()?.Text;
}
