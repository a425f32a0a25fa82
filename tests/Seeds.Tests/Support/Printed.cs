using System;
using System.IO;

namespace ScopedTasks.Seeds.Tests.Support;

/// <summary>Says what a program prints; the console is one, so that one program runs at a time.</summary>
internal sealed record Printed(string Output, string Errors)
{
    /// <summary>Runs a program, and keeps what it throws.</summary>
    public static Printed By(Action program, out Exception? thrown)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var printed = new StringWriter { NewLine = "\n" };
        using var complaints = new StringWriter { NewLine = "\n" };
        Console.SetOut(TextWriter.Synchronized(printed));
        Console.SetError(TextWriter.Synchronized(complaints));
        thrown = null;
        try
        {
            program();
        }
        catch (Exception exception)
        {
            thrown = exception;
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
        return new Printed(printed.ToString().TrimEnd('\n'), complaints.ToString().TrimEnd('\n'));
    }
}
