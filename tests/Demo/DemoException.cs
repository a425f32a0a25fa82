using System;

namespace ScopedTasks.Demo;

/// <summary>Ends the demo with a message for its reader.</summary>
public sealed class DemoException(string message) : Exception(message);
