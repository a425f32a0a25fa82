using System;

namespace ScopedTasks;

/// <summary>Decides where a failure goes that no caller will get to see.</summary>
internal static class UnobservedFailures
{
    /// <summary>Tells the handler; without one, or when it throws, writes one line to standard error.</summary>
    public static void Report(Action<string?, Exception>? handler, string? group, Exception exception)
    {
        ScopedTasksEventSource.Log.Unobserved(group, exception);
        if (handler is null)
        {
            WriteLine(group, exception);
            return;
        }
        try
        {
            handler(group, exception);
        }
        catch (Exception broken)
        {
            WriteLine(group, exception);
            WriteLine(group, broken);
        }
    }

    /// <summary>Tells what looks wrong, and is no failure.</summary>
    public static void Warn(string text)
    {
        ScopedTasksEventSource.Log.Warn(text);
        Console.Error.WriteLine($"ScopedTasks: {text}");
    }

    /// <summary>Writes the failure to standard error.</summary>
    public static void WriteLine(string? group, Exception exception) =>
        Console.Error.WriteLine(Describe(group, exception));

    /// <summary>Tells the failure on one line.</summary>
    public static string Describe(string? group, Exception exception)
    {
        var subject = group is null ? "ScopedTasks" : $"ScopedTasks: group '{group}'";
        var text = $"{subject}: unobserved {exception.GetType().FullName}: {exception.Message}";
        return text.Replace("\r", "").Replace('\n', ' ');
    }
}
