/// Something secret: printed, interpolated into a log or dumped by a debugger it says what it is, never what it holds.
public protocol Concealed: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Concealed {
    public var description: String { "\(Self.self) (concealed)" }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: []) }
}
