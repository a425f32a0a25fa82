using System.Collections.Concurrent;
using System.Text;

namespace Shop.Scenarios;

/// <summary>What the people who run the shop could have noticed: warnings in the log, lines on stderr.</summary>
internal sealed class Trouble : TextWriter, ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _seen = new();

    public override Encoding Encoding => Encoding.UTF8;

    public bool Mentions(string what) => _seen.Any(line => line.Contains(what, StringComparison.Ordinal));

    public override void Write(char value) => _seen.Enqueue(value.ToString());

    public override void Write(string? value) => _seen.Enqueue(value ?? "");

    public override void WriteLine(string? value) => _seen.Enqueue(value ?? "");

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _seen.Enqueue($"{formatter(state, exception)} {exception?.Message}");
        }
    }
}
